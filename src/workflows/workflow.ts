import type { BudgetPeriod } from '../agents/domain/budget-period.js';
import type { Definition } from './domain/definition.js';

/** The workflow of the sample, present after the first start; examples name it so that they work as sent. */
export const SAMPLE_WORKFLOW_ID = '01920000-0000-7000-8000-000000000002';

/** `archived` workflows are kept and shown but refuse to start. */
export const WORKFLOW_STATUSES = ['active', 'archived'] as const;
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

/** What a task does whose model call a budget refuses: go on without, wait until somebody raises it, or end the run. */
export const ON_BUDGET_EXHAUSTED = ['twin', 'pause', 'fail'] as const;
export type OnBudgetExhausted = (typeof ON_BUDGET_EXHAUSTED)[number];

/** Amounts in USD with nine decimals. */
export interface WorkflowSettings {
  /** What the model calls of all its runs may cost in a period; null: the default of the deployment. */
  readonly budgetUsd: string | null;
  readonly budgetPeriod: BudgetPeriod;
  /** What those of one run may cost; null: what the other budgets leave. */
  readonly runBudgetUsd: string | null;
  readonly onBudgetExhausted: OnBudgetExhausted;
  /** It starts only while its definition is that of its approved plan. */
  readonly requireApprovedPlan: boolean;
}

export const DEFAULT_WORKFLOW_SETTINGS: WorkflowSettings = {
  budgetUsd: null,
  budgetPeriod: 'none',
  runBudgetUsd: null,
  onBudgetExhausted: 'twin',
  requireApprovedPlan: false,
};

/** A named, owned definition that can be run many times. The definition, which may be large, is kept beside it. */
export interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Its subtree executes the tasks. */
  readonly ownerAgentId: string;
  readonly status: WorkflowStatus;
  /** 0: no definition yet; then one more with every change of the definition. */
  readonly definitionVersion: number;
  readonly settings: WorkflowSettings;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a start needs. */
export interface StartableWorkflow {
  readonly workflow: Workflow;
  readonly definition: Definition;
}

export type SettableWorkflowFields = Pick<
  Workflow,
  'name' | 'description' | 'ownerAgentId' | 'status' | 'settings'
>;

/** The part of a workflow its entity tag covers; the definition has a tag of its own. */
export function settableFields(workflow: SettableWorkflowFields): SettableWorkflowFields {
  const { name, description, ownerAgentId, status, settings } = workflow;
  return { name, description, ownerAgentId, status, settings };
}
