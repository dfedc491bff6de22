import { Comparison } from './lib/compare.js';
import { type Difference, readable } from './lib/difference.js';
import { type Exchange, Player, type Server } from './lib/play.js';
import { type RecordedStep, readRecording } from './lib/recordings.js';
import { SCENARIO } from './scenario.js';

/** A step played against the current build. */
export interface Replayed extends Exchange {
  readonly chapter: string;
  readonly differences: readonly Difference[];
}

export interface Replay {
  readonly steps: readonly Replayed[];
  /** What of a chapter, or of all, does not hold any more: for people, empty when all holds. */
  report(chapter?: string): string;
}

/**
 * Plays the base contract, version 1, against an application and compares every answer with the recorded one. The
 * scenario makes all it needs and asks only for that: the database may hold other things, any features may be on.
 */
export async function replayBaseV1(app: Server): Promise<Replay> {
  const player = new Player(app);
  const comparison = new Comparison();
  const steps: Replayed[] = [];
  for (const chapter of SCENARIO) {
    const recorded = new Map(readRecording(chapter).map((step) => [step.name, step]));
    for (const step of chapter.steps) {
      const exchange = await player.play(step);
      const differences = compare(exchange, recorded.get(step.name), comparison);
      steps.push({ ...exchange, chapter: chapter.name, differences });
    }
  }
  return {
    steps,
    report: (only) => reportOf(steps.filter(({ chapter }) => only === undefined || chapter === only)),
  };
}

function compare(
  { step, answer, failure }: Exchange,
  recorded: RecordedStep | undefined,
  comparison: Comparison,
): readonly Difference[] {
  if (recorded === undefined)
    return [{ pointer: '', recorded: 'nothing: run `npm run contract:record`', now: 'a step' }];
  if (answer === undefined) return [{ pointer: '', recorded: 'an answer', now: failure ?? 'none' }];
  return comparison.within(step).compare(recorded.answer, answer);
}

const reportOf = (steps: readonly Replayed[]): string =>
  steps
    .filter(({ differences }) => differences.length > 0)
    .map(({ chapter, step, differences }) =>
      readable(`${chapter}: ${step.name}\n  ${step.request}`, differences),
    )
    .join('\n\n');
