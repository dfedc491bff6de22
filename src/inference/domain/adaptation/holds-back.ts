import type { RegisteredTaskType } from '../../../tasks/domain/registered-task-type.js';
import type { TaskWork } from '../../../workflows/domain/definition.js';

/**
 * Whether others may wait for a task for its own sake: it asks a person, or its type does not say that it hands something
 * on, as those of approvals, checks, timers and files that are written.
 */
export function holdsBack({ taskType, parameters }: TaskWork, type: RegisteredTaskType | undefined): boolean {
  const { yields = [] } = type?.planning ?? {};
  const handsOn = yields.some(({ with: given = [] }) =>
    given.every((name) => Object.hasOwn(parameters, name)),
  );
  return taskType.startsWith('human.') || !handsOn;
}
