import { quantile } from '../figures.js';
import type { GoldRequest } from './gold-files.js';
import type { MeasuredPlanner } from './planners.js';
import { isInvalid, mean, meanScore, type Score, scoreOf } from './scores.js';

const SHORTLISTS = [10, 20, 30] as const;

/** How good the plans of a planner are; shares of requests unless said otherwise. */
export interface Quality extends Score {
  readonly planner: string;
  readonly requests: number;
  /** Exact among the best three. */
  readonly top3: number;
  readonly invalid: number;
  /** The shortlist of so many tools has all that are needed; null: the planner makes none. */
  readonly shortlist: Readonly<Record<`at${(typeof SHORTLISTS)[number]}`, number>> | null;
  /** Requests it is confident of; null: it never is. */
  readonly coverage: number | null;
  /** Exact among those. */
  readonly precision: number | null;
  readonly ms: { readonly p50: number; readonly p99: number };
}

/** One request with the planner that answers it: with history left out, each has its own. */
export interface Trial {
  readonly request: GoldRequest;
  readonly planner: MeasuredPlanner;
}

interface Outcome extends Score {
  readonly isInTop3: boolean;
  readonly isInvalid: boolean;
  readonly isConfident: boolean;
  readonly shortlist: readonly string[] | null;
  readonly needed: readonly string[];
  readonly ms: number;
}

function tryOut({ request, planner }: Trial, tools: ReadonlySet<string>): Outcome {
  const start = performance.now();
  const { best, alternatives, isConfident } = planner.plan(request.text);
  const ms = performance.now() - start;
  return {
    ...scoreOf(request.gold, best),
    ...{ ms, isConfident, isInvalid: isInvalid(best, tools) },
    isInTop3: [best, ...alternatives()].slice(0, 3).some((plan) => scoreOf(request.gold, plan).exact === 1),
    shortlist: planner.shortlist?.(request.text, Math.max(...SHORTLISTS)) ?? null,
    needed: request.gold.nodes,
  };
}

const share = (outcomes: readonly Outcome[], holds: (one: Outcome) => boolean): number =>
  mean(outcomes.map((one) => (holds(one) ? 1 : 0)));

function recall(outcomes: readonly Outcome[], count: number): number {
  return share(outcomes, ({ shortlist, needed }) => {
    const listed = new Set(shortlist?.slice(0, count));
    return needed.every((name) => listed.has(name));
  });
}

function qualityOf(planner: string, outcomes: readonly Outcome[]): Quality {
  const confident = outcomes.filter(({ isConfident }) => isConfident);
  const [at10, at20, at30] = SHORTLISTS.map((count) => recall(outcomes, count)) as [number, number, number];
  const times = outcomes.map(({ ms }) => ms);
  return {
    ...{ planner, requests: outcomes.length, ...meanScore(outcomes) },
    top3: share(outcomes, ({ isInTop3 }) => isInTop3),
    invalid: share(outcomes, (one) => one.isInvalid),
    shortlist: outcomes.every(({ shortlist }) => shortlist === null) ? null : { at10, at20, at30 },
    coverage: confident.length === 0 ? null : confident.length / outcomes.length,
    precision: confident.length === 0 ? null : share(confident, ({ exact }) => exact === 1),
    ms: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
  };
}

/**
 * The quality of a planner over requests; with `isSeen` (the plan of a request is in the history) also over those that are
 * and those that are not. The first trials run twice, so that no compiling is timed.
 */
export function measure(
  name: string,
  trials: readonly Trial[],
  tools: ReadonlySet<string>,
  isSeen?: (request: GoldRequest) => boolean,
): readonly Quality[] {
  for (const trial of trials.slice(0, 50)) tryOut(trial, tools);
  const outcomes = trials.map((trial) => tryOut(trial, tools));
  const all = qualityOf(name, outcomes);
  if (isSeen === undefined) return [all];
  const part = (seen: boolean) => outcomes.filter((_, at) => isSeen((trials[at] as Trial).request) === seen);
  const parts = [
    ['seen plans', part(true)],
    ['unseen plans', part(false)],
  ] as const;
  return [
    all,
    ...parts.flatMap(([label, some]) => (some.length === 0 ? [] : [qualityOf(`${name}, ${label}`, some)])),
  ];
}
