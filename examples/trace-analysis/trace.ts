import { z } from 'zod';

/** A recorded execution of a workflow: what ran, how long, after what. */
export const traceSchema = z.object({
  name: z.string().min(1),
  tasks: z
    .array(
      z.object({
        id: z.string().min(1),
        program: z.string().optional(),
        runtimeSeconds: z.number().min(0),
        parents: z.array(z.string()),
      }),
    )
    .min(1),
});
export type Trace = z.output<typeof traceSchema>;

const MAX_SLUG_LENGTH = 120;

const slug = (id: string): string =>
  id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MAX_SLUG_LENGTH) || 'task';

/** A taskId for each id of the trace; ids that look the same as slugs are numbered apart. */
export function taskIdsOf(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const taskIds = new Map<string, string>();
  for (const id of ids) {
    let taskId = slug(id);
    for (let number = 2; taken.has(taskId); number++) taskId = `${slug(id)}-${number}`;
    taken.add(taskId);
    taskIds.set(id, taskId);
  }
  return taskIds;
}

/** The trace as a workflow that waits where the original worked, `scale` times as long. */
export function toDefinition({ tasks }: Trace, scale: number) {
  const taskIds = taskIdsOf(tasks.map(({ id }) => id));
  return {
    tasks: tasks.map(({ id, program, runtimeSeconds, parents }) => ({
      taskId: taskIds.get(id) as string,
      taskType: 'timer.wait',
      ...(program === undefined ? {} : { description: program }),
      parameters: { seconds: runtimeSeconds * scale },
      // A parent that the trace does not hold is reported by the service as an unknown dependency.
      dependencies: parents.map((parent) => taskIds.get(parent) ?? parent),
      estimatedDurationSeconds: runtimeSeconds * scale,
    })),
    output: {},
  };
}
