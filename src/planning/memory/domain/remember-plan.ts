import type { RememberedPlan } from './remembered-plan.js';

/** A plan as it was approved, as far as memory looks at it. */
export interface ApprovedPlan extends Pick<RememberedPlan, 'id' | 'request' | 'isAccepted' | 'author'> {
  readonly tasks: readonly {
    readonly taskId: string;
    readonly taskType: string;
    readonly description: string;
    readonly dependencies: readonly string[];
  }[];
}

/** What people do says nothing of what task types do. */
const isPersons = (taskType: string): boolean => taskType.startsWith('human.');

/** Keeps of a plan its words, its task types in an order their dependencies allow, and what follows what. */
export function rememberPlan({ tasks, ...plan }: ApprovedPlan): RememberedPlan {
  const byId = new Map(tasks.map((task) => [task.taskId, task]));
  const order: string[] = [];
  const seen = new Set<string>();
  // Depth first, as deep as definitions may be: by hand, not by recursion.
  for (const { taskId } of tasks) {
    const open = [taskId];
    while (open.length > 0) {
      const next = open.at(-1) as string;
      const waitsFor = (byId.get(next)?.dependencies ?? []).filter((id) => byId.has(id) && !seen.has(id));
      if (seen.has(next) || waitsFor.length === 0) {
        open.pop();
        if (!seen.has(next)) order.push(next);
        seen.add(next);
      } else open.push(...waitsFor);
    }
  }
  const kept = order.filter((id) => !isPersons(byId.get(id)?.taskType ?? ''));
  const at = new Map(kept.map((id, index) => [id, index]));
  const of = (id: string) => byId.get(id) as ApprovedPlan['tasks'][number];
  return {
    ...plan,
    taskTypes: kept.map((id) => of(id).taskType),
    links: kept.flatMap((id, target) =>
      of(id).dependencies.flatMap((source) =>
        at.has(source) ? [{ source: at.get(source) as number, target }] : [],
      ),
    ),
    steps: kept
      .map((id) => ({ text: of(id).description, taskType: of(id).taskType }))
      .filter(({ text }) => text !== ''),
  };
}
