import type { Issue } from '../../common/issue.js';

/** Slug of the task in a run that has only one. */
export const SINGLE_TASK_ID = 'task';

/** One task given to an agent (or to whichever is capable), as the definition of its run (still to be validated). */
export function singleTask(agentId: string | undefined, task: object): object {
  const assigned = agentId === undefined ? {} : { agentId };
  return { tasks: [{ ...task, taskId: SINGLE_TASK_ID, dependencies: [], ...assigned }] };
}

/**
 * Issues of that definition, as issues of the request: `/tasks/0/parameters/url` → `/parameters/url`. The agent stands
 * in the path of the request, so what is wrong with it is wrong with the request as a whole.
 */
export function toTaskPointers(issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({
    ...issue,
    pointer: issue.pointer.replace(/^\/tasks\/0(\/agentId)?/, ''),
  }));
}
