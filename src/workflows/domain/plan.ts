import type { Definition } from './definition.js';
import type { PlanConstraints } from './plan-constraints.js';
import type { Quote } from './quote.js';
import type { Adaptation } from './run-patch.js';

/** Where a plan came from. `adaptation` plans belong to one run. */
export const PLAN_ORIGINS = ['rules', 'model', 'manual', 'import', 'adaptation'] as const;
export type PlanOrigin = (typeof PLAN_ORIGINS)[number];

/** Who answered: a model, a kept answer of one, rules (a plan that proved itself, or the planner without a model), a person. */
export const PLAN_SOURCES = ['model', 'cache', 'rule', 'twin', 'person'] as const;
export type PlanSource = (typeof PLAN_SOURCES)[number];

export const PLAN_STATUSES = ['draft', 'approved', 'rejected', 'superseded'] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

/** One thing a planner says of its plan: why it chose, what it repaired, what it could not place. Never an error. */
export interface PlanDiagnostic {
  /** snake_case: `task_type_chosen`, `parameter_from_literal`, `dependency_added`, `fell_back`, … */
  readonly code: string;
  readonly severity: 'info' | 'warning';
  /** RFC 6901, into the plan's definition; '' is the whole. */
  readonly pointer: string;
  readonly message: string;
}

/** Another definition for the same request. */
export interface PlanAlternative {
  readonly definition: Definition;
  /** 0 to 1, calibrated; null: nobody knows. */
  readonly confidence: number | null;
}

/** What a proposal of a definition says; the same for drafts that are not stored yet. */
export interface PlanContent {
  readonly description: string;
  readonly definition: Definition;
  readonly confidence: number | null;
  /** The next best ones, at most two. */
  readonly alternatives: readonly PlanAlternative[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** A versioned proposal of the definition of a workflow. Only `status` and `decidedAt` ever change. */
export interface Plan extends PlanContent {
  readonly id: string;
  readonly workflowId: string;
  /** Of an adaptation; else null. */
  readonly runId: string | null;
  /** What it changes of that run. */
  readonly adaptation: Adaptation | null;
  /** 1, 2, … within its workflow. */
  readonly version: number;
  readonly origin: PlanOrigin;
  readonly source: PlanSource;
  /** Why this source: `allowed`, or the reason no model was asked or used. */
  readonly reason: string;
  readonly status: PlanStatus;
  /** What was asked for; null: nobody asked in words. */
  readonly request: string | null;
  readonly constraints: PlanConstraints;
  /** As it was when the plan was made. */
  readonly quote: Quote;
  /** SHA-256 of the canonical JSON of `definition`: what an approval is bound to. */
  readonly contentHash: string;
  /** What making it cost. */
  readonly costNanoUsd: bigint;
  readonly createdAt: Date;
  /** When it was approved or rejected; null: it was not. */
  readonly decidedAt: Date | null;
}
