import { Injectable } from '@nestjs/common';
import type { SubtreeAgent } from '../agents/agents.store.port.js';
import { contentHash } from '../common/canonical-json.js';
import { type Page, toPage } from '../common/cursor.js';
import { decodeIdCursor } from '../common/id-cursor.js';
import { NotFoundError } from '../common/tandem-error.js';
import { type DefinitionCheck, DefinitionChecker } from './definition-checker.service.js';
import type { Definition } from './domain/definition.js';
import type { StartableWorkflow, Workflow } from './workflow.js';
import type { WorkflowOwner } from './workflows.store.port.js';
import { PlansStore } from './plans.store.port.js';
import { planNotApproved } from './plans.errors.js';
import { definitionMissing, definitionNotFound, workflowArchived } from './workflows.errors.js';
import type { ListWorkflowsQuery } from './workflows.schemas.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** In its cursors. */
const LIST = 'workflows';

/** Reads workflows, checks definitions, and holds a workflow for a start. */
@Injectable()
export class WorkflowsService {
  constructor(
    private readonly store: WorkflowsStore,
    private readonly checker: DefinitionChecker,
    private readonly plans: PlansStore,
  ) {}

  /** Fails as `workflow_not_found`. */
  async get(id: string): Promise<Workflow> {
    const workflow = await this.store.find(id);
    if (workflow === null) throw new NotFoundError('workflow', id);
    return workflow;
  }

  /** null when there is no such workflow any more. */
  find(id: string): Promise<Workflow | null> {
    return this.store.find(id);
  }

  /** null when there is no such workflow any more. */
  findOwner(id: string): Promise<WorkflowOwner | null> {
    return this.store.findOwner(id);
  }

  /** Fails as `workflow_not_found`, or `definition_not_found` before the first one. */
  async getDefinition(id: string): Promise<Definition> {
    const workflow = await this.get(id);
    const definition = await this.store.findDefinition(id);
    if (definition === null) throw definitionNotFound(workflow);
    return definition;
  }

  async list({ limit, cursor, ...filter }: ListWorkflowsQuery): Promise<Page<Workflow>> {
    const workflows = await this.store.list(filter, decodeIdCursor(cursor, LIST), limit + 1);
    return toPage(workflows, limit, (workflow) => workflow.id, LIST);
  }

  /**
   * The workflow and its definition for a start, both kept as they are until the ambient transaction ends: neither a
   * delete nor a new definition can slip in between. `definition`: what shall run, if that is not what the workflow has
   * now. Fails as `workflow_not_found`, `workflow_archived`, `definition_missing` or `plan_not_approved`. Call it first
   * in the transaction that inserts the run.
   */
  async lockForStart(id: string, definition?: Definition): Promise<StartableWorkflow> {
    return this.startable(id, await this.store.lock(id, 'use'), definition);
  }

  /** The same without keeping it as it is. */
  async getStartable(id: string): Promise<StartableWorkflow> {
    return this.startable(id, await this.store.find(id));
  }

  private async startable(
    id: string,
    workflow: Workflow | null,
    given?: Definition,
  ): Promise<StartableWorkflow> {
    if (workflow === null) throw new NotFoundError('workflow', id);
    if (workflow.status === 'archived') throw workflowArchived(workflow);
    const definition = given ?? (await this.store.findDefinition(id));
    if (definition === null) throw definitionMissing(workflow);
    if (workflow.settings.requireApprovedPlan) await this.requireApproved(workflow, definition);
    return { workflow, definition };
  }

  private async requireApproved(workflow: Workflow, definition: Definition): Promise<void> {
    const approved = await this.plans.findApprovedHash(workflow.id);
    const hash = contentHash(definition);
    if (hash !== approved) throw planNotApproved(workflow, hash, approved);
  }

  /** See `DefinitionChecker.check`. Nothing is stored. */
  validate(value: unknown, owner?: string | readonly SubtreeAgent[]): Promise<DefinitionCheck> {
    return this.checker.check(value, owner);
  }
}
