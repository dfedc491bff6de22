import type { Definition } from './domain/definition.js';

/** The workflow of the sample, present after the first start; examples name it so that they work as sent. */
export const SAMPLE_WORKFLOW_ID = '01920000-0000-7000-8000-000000000002';

/** `archived` workflows are kept and shown but refuse to start. */
export const WORKFLOW_STATUSES = ['active', 'archived'] as const;
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

/** Nothing can be set yet. */
export type WorkflowSettings = Readonly<Record<never, never>>;

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
