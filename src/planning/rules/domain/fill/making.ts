import type { JsonValue } from '../../../../common/json.js';
import type { WhenCondition } from '../../../../workflows/domain/definition.js';
import type { PlanDiagnostic } from '../../../../workflows/domain/plan.js';
import type { Literal } from '../literals.js';
import type { SketchStep } from '../sketch.js';
import type { Phrases } from './phrases.js';
import type { Slots } from './slot.js';

/** A clause that even a person cannot be asked to do: `human.task` is not in the catalogue. */
export interface Unplaced {
  readonly clause: string;
  readonly reason: string;
}

/** What decides whether a task runs. */
export interface Gate {
  readonly decider: number;
  readonly when: WhenCondition;
}

/** A step whose turn it is. */
export interface Ready {
  readonly step: SketchStep;
  readonly gate: Gate | null;
  /** Tasks of the steps it comes right after, and what decides about it. */
  readonly before: readonly number[];
}

/** The parameters of one task in the making. */
export interface Making extends Ready {
  readonly slots: Slots;
  readonly phrases: Phrases;
  readonly parameters: Map<string, JsonValue>;
  readonly dependencies: Set<number>;
  /** Names of parameters nobody asked for. */
  readonly defaults: string[];
  /** Literals that have no place. */
  readonly homeless: Literal[];
  readonly notes: PlanDiagnostic[];
}
