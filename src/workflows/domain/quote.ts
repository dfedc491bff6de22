import type { Effect } from '../../tasks/domain/effect.js';
import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import { findCriticalPath, toSeconds } from './critical-path.js';
import type { Definition } from './definition.js';
import { type DurationHistories, estimatedDurations, historicalDurations } from './durations.js';
import { effectsOfTasks } from './effects.js';
import type { TaskGraph } from './graph.js';

/** Model cost of a definition, in decimal USD. */
export interface QuotedCost {
  readonly maximumUsd: string;
  readonly assistanceLimitUsd: string;
}

/** What a definition will take. Durations are those of the tasks as they stand, without alternatives and compensations. */
export interface Quote {
  readonly tasks: number;
  /** Distinct dependencies. */
  readonly edges: number;
  /** Tasks on the longest path. */
  readonly depth: number;
  /** Tasks on the largest level, a level being all tasks with equally long longest paths to them. */
  readonly width: number;
  /** taskIds of the chain that decides the duration, from source to sink. */
  readonly criticalPath: readonly string[];
  /** From the given estimates; a task without one counts its type's median, else 1. */
  readonly criticalPathSeconds: number;
  /** All tasks one after the other, counted likewise. */
  readonly serialSeconds: number;
  /** Critical path by history where there is any, else by estimate, else 1 second a task. */
  readonly durationSeconds: { readonly p50: number; readonly p95: number };
  /** Of the tasks, their alternatives and their compensations; mildest first. */
  readonly effects: readonly Effect[];
  readonly cost: QuotedCost;
}

/** What a quote is computed from, beside the definition. */
export interface QuoteInputs {
  readonly histories?: DurationHistories;
  /** Absent: no effects are listed. */
  findTaskType?(name: string): RegisteredTaskType | undefined;
  /** Default: no model cost. */
  readonly cost?: QuotedCost;
}

const NO_COST: QuotedCost = { maximumUsd: '0.000000000', assistanceLimitUsd: '0.000000000' };
const NO_HISTORY: DurationHistories = new Map();

/** Quotes a definition with its graph (`graph.taskIds[i]` is `definition.tasks[i]`). Linear; sums are exact. */
export function quoteDefinition(definition: Definition, graph: TaskGraph, inputs: QuoteInputs = {}): Quote {
  const histories = inputs.histories ?? NO_HISTORY;
  const estimates = estimatedDurations(definition.tasks, histories);
  const critical = findCriticalPath(graph, estimates);
  const durationBy = (quantile: 'p50Seconds' | 'p95Seconds'): number =>
    toSeconds(findCriticalPath(graph, historicalDurations(definition.tasks, histories, quantile)).durationUs);
  return {
    tasks: graph.taskIds.length,
    edges: graph.edges,
    depth: graph.depth,
    width: graph.width,
    criticalPath: critical.path.map((index) => graph.taskIds[index] as string),
    criticalPathSeconds: toSeconds(critical.durationUs),
    serialSeconds: toSeconds(estimates.reduce((sum, durationUs) => sum + durationUs, 0)),
    durationSeconds: { p50: durationBy('p50Seconds'), p95: durationBy('p95Seconds') },
    effects: effectsOfTasks(definition.tasks, (name) => inputs.findTaskType?.(name)),
    cost: inputs.cost ?? NO_COST,
  };
}
