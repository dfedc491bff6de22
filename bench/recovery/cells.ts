import {
  EXECUTION_MODES,
  type ExecutionMode,
  INTELLIGENCE_LEVELS,
  type IntelligenceLevel,
} from '../../src/common/intelligence.js';
import { ERROR_CLASSES, type ErrorClass } from '../../src/tasks/domain/task-error.js';
import type { TaskDefinition } from '../../src/workflows/domain/definition.js';

/** A kind of task: what helps against its failures, and what its definition says. */
export interface Kind {
  readonly name: string;
  /** For people. */
  readonly helps: string;
  /** Of `ops.step`; see `test/support/faulty-types.module.ts`. */
  readonly cure: 'time' | 'parameters' | 'agent' | 'clearing' | 'nothing';
  readonly effect: 'none' | 'idempotent' | 'irreversible';
  readonly more: Partial<TaskDefinition>;
}

const UNDO = { taskType: 'ops.clear', parameters: {} };

export const KINDS: readonly Kind[] = [
  { name: 'read', helps: 'another attempt', cure: 'time', effect: 'none', more: {} },
  { name: 'adjustable', helps: 'another value of a parameter', cure: 'parameters', effect: 'none', more: {} },
  { name: 'agent', helps: 'another agent', cure: 'agent', effect: 'idempotent', more: {} },
  {
    name: 'compensated',
    helps: 'clearing up first',
    cure: 'clearing',
    effect: 'idempotent',
    more: { compensation: UNDO },
  },
  { name: 'optional', helps: 'leaving it out', cure: 'nothing', effect: 'none', more: { optional: true } },
  { name: 'irreversible', helps: 'a person', cure: 'time', effect: 'irreversible', more: {} },
];

/** One cell of the matrix. */
export interface Cell {
  readonly errorClass: ErrorClass;
  readonly kind: Kind;
  readonly level: IntelligenceLevel;
  readonly mode: ExecutionMode;
  /** Letters only, its own: no cell is the same kind of failure as another one. */
  readonly word: string;
}

function wordOf(index: number): string {
  const letters = [17_576, 676, 26, 1].map((unit) =>
    String.fromCharCode(97 + (Math.floor(index / unit) % 26)),
  );
  return `q${letters.join('')}`;
}

export const CELLS: readonly Cell[] = ERROR_CLASSES.flatMap((errorClass) =>
  KINDS.flatMap((kind) =>
    INTELLIGENCE_LEVELS.flatMap((level) =>
      EXECUTION_MODES.map((mode) => ({ errorClass, kind, level, mode })),
    ),
  ),
).map((cell, index) => ({ ...cell, word: wordOf(index) }));

/** How a run ended, best first. */
export const OUTCOMES = ['recovered', 'asked', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const isWorse = (outcome: Outcome, than: Outcome): boolean =>
  OUTCOMES.indexOf(outcome) > OUTCOMES.indexOf(than);
