import type { RunState } from './run-state.js';

/** What the owner of a run does when its last step is stored. Times are milliseconds since the epoch. */
export type NextMove =
  | { readonly kind: 'work' }
  | { readonly kind: 'hold'; readonly wakeAt: number }
  | { readonly kind: 'park'; readonly wakeAt: number | null }
  | { readonly kind: 'release' };

/** A wait shorter than this is held in the process: parking and waking cost about as much. */
export const PARK_THRESHOLD_MS = 10_000;

/** The earliest moment something in the run is due, null when nothing is. */
export function nextWakeAt(state: RunState): number | null {
  const isOver = state.failing !== null || state.compensating !== null;
  let earliest = isOver ? null : state.deadlineAt;
  if (state.counts.waiting > 0 && !state.paused) {
    for (const [, task] of state.tasks.entries()) {
      if (task.status !== 'waiting' || task.wakeAt === null) continue;
      if (earliest === null || task.wakeAt < earliest) earliest = task.wakeAt;
    }
  }
  return earliest;
}

/** Work while anything runs or can start; else hold a near wake-up in the process, park for a far or unknown one. */
export function nextMove(state: RunState, now: number): NextMove {
  if (state.end !== null) return { kind: 'release' };
  const { ready, awaiting, running, recovering, waiting, unknown } = state.counts;
  if (running > 0 || recovering > 0 || state.completing) return { kind: 'work' };
  if (!state.paused && (ready > awaiting || awaiting + waiting + unknown === 0)) return { kind: 'work' };
  const wakeAt = nextWakeAt(state);
  if (wakeAt === null || wakeAt - now > PARK_THRESHOLD_MS) return { kind: 'park', wakeAt };
  return { kind: 'hold', wakeAt };
}
