import type { RunEvent } from '../../src/execution/domain/run-event.js';
import type { RunEnd, RunState } from '../../src/execution/domain/run-state.js';
import type { StoredTask } from '../factories/run.factory.js';
import type { ScriptedTask } from './run-script.js';

/** Statuses nothing comes after. */
export const TERMINAL = new Set(['succeeded', 'failed', 'skipped', 'cancelled']);

/** A violated rule, found while the world turns. */
export class Violation extends Error {}

/** Ends the world when a rule does not hold. */
export function must(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new Violation(rule);
}

/** What holds after every move. */
export function checkState(state: RunState): void {
  const all = [...state.tasks.entries()].map(([, task]) => task);
  const count = (status: string): number => all.filter((task) => task.status === status).length;
  const recount = {
    open: all.filter(({ status }) => !TERMINAL.has(status)).length,
    ready: count('ready'),
    awaiting: all.filter(({ permit }) => permit === 'awaited').length,
    running: count('running'),
    recovering: count('recovering'),
    waiting: count('waiting'),
    unknown: count('unknown'),
  };
  must(JSON.stringify(state.counts) === JSON.stringify(recount), 'the counts are not what is there');
  // Once the run fails or has ended nothing is released any more.
  if (state.failing !== null || state.end !== null) return;
  for (const [index, task] of all.entries()) {
    if (TERMINAL.has(task.status)) continue;
    const open = (state.plan[index]?.dependencies ?? []).filter(
      (dependency) => !TERMINAL.has(all[dependency]?.status ?? 'gone'),
    ).length;
    must(task.openDependencies === open, `t${index} counts ${task.openDependencies} open, there are ${open}`);
  }
}

/** What holds when the run has ended. */
export function checkEnd(
  end: RunEnd,
  rows: readonly StoredTask[],
  events: readonly RunEvent[],
  script: readonly ScriptedTask[],
): void {
  must(
    rows.every(
      ({ status }) => TERMINAL.has(status) || (status === 'unknown' && end.reason !== 'task_failed'),
    ),
    `ended with open tasks: ${rows.map(({ status }) => status).join(' ')}`,
  );
  if (end.reason === 'task_failed' || end.reason === 'task_cancelled') {
    const undone = new Set(rows.map(({ own }) => own?.compensates));
    for (const [task, { status }] of rows.entries())
      if (status === 'succeeded' && script[task]?.isUndoable)
        must(undone.has(`t${task}`), `t${task} is not undone`);
  }
  const ends = events.filter(({ type }) => /^run\.(succeeded|failed|cancelled)$/.test(type));
  must(ends.length === 1 && ends[0] === events.at(-1), 'exactly one end, as the last event');
  must(ends[0]?.type === `run.${end.status}`, 'the event says what the run says');
  events.forEach(({ sequence }, index) => must(sequence === index + 1, 'events 1..n'));
}
