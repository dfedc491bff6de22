import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ScriptedOutcome, ScriptedTask } from '../../../test/support/run-script.js';
import { RunWorld } from '../../../test/support/run-world.js';

/** A repeatable source of choices, so that a failing world can be turned again. */
function choices(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const GOOD: readonly ScriptedOutcome[] = ['succeed', 'succeed', 'succeed', 'succeed', 'timer', 'approve'];
const BAD: readonly ScriptedOutcome[] = ['failWithoutEffect', 'failInDoubt', 'failFinally', 'reject'];

/** Graphs of 1–200 tasks; every task depends on up to 4 earlier ones. `badness` in percent. */
function scriptOf(
  size: number,
  badness: number,
  pick: (below: number) => number,
  isWild = false,
): ScriptedTask[] {
  const outcome = (): ScriptedOutcome => {
    const from = pick(100) < badness ? BAD : GOOD;
    return from[pick(from.length)] as ScriptedOutcome;
  };
  return Array.from({ length: size }, (_, index): ScriptedTask => {
    const wanted = index === 0 ? 0 : pick(5);
    const entry = pick(100);
    return {
      dependencies: [...new Set(Array.from({ length: wanted }, () => pick(index)))],
      optional: pick(3) === 0,
      maxAttempts: 1 + pick(4),
      isUndoable: isWild && pick(4) === 0,
      isLimited: isWild && pick(2) === 0,
      effect: (['none', 'none', 'idempotent', 'irreversible'] as const)[pick(4)] ?? 'none',
      entry: entry < 5 ? 'skip' : entry < 5 + badness / 20 ? 'startFails' : 'run',
      outcomes: Array.from({ length: 1 + pick(3) }, outcome),
    };
  });
}

/** What becomes of a task when nothing interferes: the rules said once more, in the simplest way. */
function scriptedEnd(task: ScriptedTask): 'succeeded' | 'failed' | 'skipped' {
  if (task.entry !== 'run') return task.entry === 'skip' ? 'skipped' : 'failed';
  for (let failed = 0; failed < task.maxAttempts; failed += 1) {
    const outcome = task.outcomes[Math.min(failed, task.outcomes.length - 1)] as ScriptedOutcome;
    if (outcome === 'succeed' || outcome === 'timer' || outcome === 'approve') return 'succeeded';
    if (outcome === 'reject' || outcome === 'failFinally') return 'failed';
    if (outcome === 'failInDoubt' && task.effect === 'irreversible') return 'failed';
  }
  return 'failed';
}

const isBad = (outcome: ScriptedOutcome): boolean => BAD.includes(outcome);

interface Life {
  readonly chaos: number;
  readonly deadlineAt?: number;
  readonly oneCrashIn?: number;
  readonly isWild?: boolean;
}

function turned(size: number, badness: number, seed: number, life: Life) {
  const { chaos, deadlineAt, oneCrashIn, isWild } = life;
  const pick = choices(seed);
  const script = scriptOf(size, badness, pick, isWild);
  const world = new RunWorld(script, deadlineAt ?? null, pick, isWild);
  world.turn(chaos, oneCrashIn);
  return { world, script };
}

const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 200 }));
const seed = fc.integer({ min: 0, max: 0x7fffffff });

describe('whatever happens to a run', () => {
  it('it ends as its tasks say, with crashes, repetitions, late answers and signals at any moment', () => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(size, fc.constantFrom(0, 5, 30), seed, (tasks, badness, from) => {
        const { world, script } = turned(tasks, badness, from, { chaos: 30 * tasks });
        const statuses = world.rows.map(({ status }) => status);
        const unknown = world.rows.filter(({ error }) => error?.code === 'resolved_as_failed').length;
        const fatal = script.some((task) => !task.optional && scriptedEnd(task) === 'failed');
        const end = world.end?.status ?? 'none';
        ends.set(end, (ends.get(end) ?? 0) + 1);
        if (end === 'cancelled') expect(world.cancelled).toBe(true);
        else if (fatal) expect(end).toBe('failed');
        else if (unknown === 0) expect(end).toBe('succeeded');
        expect(end === 'failed').toBe(
          end !== 'cancelled' &&
            world.rows.some(({ status }, task) => status === 'failed' && !script[task]?.optional),
        );
        for (const [task, status] of statuses.entries()) {
          const scripted = script[task] as ScriptedTask;
          if (status === 'cancelled') expect(end).not.toBe('succeeded');
          else if (world.rows[task]?.error?.code === 'resolved_as_failed' || status === 'unknown')
            expect(scripted.effect).toBe('irreversible');
          else if (status === 'failed' && end === 'failed')
            expect(scripted.entry === 'startFails' || scripted.outcomes.some(isBad)).toBe(true);
          else expect(status).toBe(scriptedEnd(scripted));
        }
      }),
      { numRuns: 250 },
    );
    // The property is worth something only if all ends were met.
    expect([...ends.keys()].sort()).toEqual(['cancelled', 'failed', 'succeeded']);
  });

  it('a quiet life gives every task exactly the end its script says', () => {
    fc.assert(
      fc.property(size, seed, (tasks, from) => {
        const { world, script } = turned(tasks, 0, from, { chaos: 0 });
        expect(world.end?.status).toBe('succeeded');
        expect(world.rows.map(({ status }) => status)).toEqual(script.map(scriptedEnd));
      }),
      { numRuns: 100 },
    );
  });

  it('it ends, also when people and advisors do everything they can at any moment', () => {
    const sent = new Set<string>();
    fc.assert(
      fc.property(size, fc.constantFrom(5, 30), seed, (tasks, badness, from) => {
        const { world } = turned(tasks, badness, from, { chaos: 30 * tasks, isWild: true });
        expect(world.end).not.toBeNull();
        for (const kind of world.sent) sent.add(kind);
      }),
      // The examples: a permit that is granted after a pause and its end, then the task is cancelled; a person skips the
      // compensation that a recovery waits for; a permit is handed to a task that has just given it back; it is handed over
      // while the answer is on its way that there is none.
      {
        numRuns: 250,
        examples: [
          [193, 5, 1_198_763_737],
          [6, 30, 398_454_187],
          [8, 30, 2_147_483_631],
          [10, 5, 414_044_020],
        ],
      },
    );
    expect([...sent]).toEqual(
      expect.arrayContaining(['pause', 'resume', 'resolve', 'spawn', 'retryTask', 'cancelTask', 'adapt']),
    );
  });

  it('a time limit ends it when nothing else does', () => {
    fc.assert(
      fc.property(size, seed, fc.integer({ min: 1, max: 60_000 }), (tasks, from, limitMs) => {
        const { world } = turned(tasks, 5, from, {
          chaos: 20 * tasks,
          deadlineAt: 1_800_000_000_000 + limitMs,
        });
        const { end, now } = world;
        if (end?.reason === 'timed_out') expect(now).toBeGreaterThanOrEqual(1_800_000_000_000 + limitMs);
      }),
      { numRuns: 60 },
    );
  });

  it('owners that die after every few moves lose nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        seed,
        fc.integer({ min: 2, max: 6 }),
        (tasks, from, odds) => {
          const { world } = turned(tasks, 5, from, { chaos: 60 * tasks, oneCrashIn: odds });
          expect(world.end).not.toBeNull();
        },
      ),
      { numRuns: 100 },
    );
  });
});
