import type { TaskDefinition } from './definition.js';
import { dependenciesOf, successorsOf } from './graph.js';
import { type Links, linkTasks } from './links.js';

/** What makes the order of tasks matter beyond the data they hand on. */
export interface OrderFacts {
  /** Whether a task is waited for its own sake: whatever comes after it has to. */
  isGate(task: TaskDefinition): boolean;
  /** Two tasks with effects stay in their order. */
  hasEffect(task: TaskDefinition): boolean;
}

type Step = (links: Links, index: number) => ArrayLike<number>;

/** The first tasks of a kind on each way from a task, itself included; behind them nobody looks. */
function firstOf(links: Links, from: number, step: Step, isMeant: (index: number) => boolean): number[] {
  const seen = new Set([from]);
  const found: number[] = [];
  for (const index of seen) {
    if (isMeant(index)) found.push(index);
    else for (const next of Array.from(step(links, index))) seen.add(next);
  }
  return found;
}

function reachedFrom(links: Links, from: number): ReadonlySet<number> {
  const seen = new Set([from]);
  for (const index of seen) for (const next of Array.from(successorsOf(links, index))) seen.add(next);
  return seen;
}

/**
 * What is lost when a dependency goes, however long the way it was part of: a task that has to come after a gate, or two effects in their order.
 * null: nothing. `tasks` are as they are, `after` the same without it. Linear for each gate and effect right before it.
 */
export function lostOrder(
  tasks: readonly TaskDefinition[],
  after: readonly TaskDefinition[],
  { task, dependency }: { readonly task: number; readonly dependency: number },
  { isGate, hasEffect }: OrderFacts,
): 'is_a_gate' | 'orders_effects' | null {
  const [links, left] = [linkTasks(tasks), linkTasks(after)];
  const gates = firstOf(links, dependency, dependenciesOf, (index) => isGate(tasks[index] as TaskDefinition));
  if (gates.some((gate) => !reachedFrom(left, gate).has(task))) return 'is_a_gate';
  const isEffect = (index: number): boolean => hasEffect(tasks[index] as TaskDefinition);
  const later = firstOf(links, task, successorsOf, isEffect);
  if (later.length === 0) return null;
  const earlier = firstOf(links, dependency, dependenciesOf, isEffect);
  const isKept = (from: number): boolean => {
    const reached = reachedFrom(left, from);
    return later.every((to) => reached.has(to));
  };
  return earlier.every(isKept) ? null : 'orders_effects';
}
