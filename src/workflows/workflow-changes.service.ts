import { Injectable } from '@nestjs/common';
import { unknownAgent } from '../agents/agents.errors.js';
import { AgentsService } from '../agents/agents.service.js';
import { contentHash } from '../common/canonical-json.js';
import { Clock } from '../common/clock.js';
import { assertMatches, etagOf } from '../common/http/etag.js';
import { newId } from '../common/ids.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DefinitionChecker } from './definition-checker.service.js';
import type { Definition } from './domain/definition.js';
import {
  DEFAULT_WORKFLOW_SETTINGS,
  settableFields,
  type Workflow,
  type WorkflowSettings,
} from './workflow.js';
import type { CreateWorkflow, PatchWorkflow } from './workflows.schemas.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** Creates and changes workflows, each in one transaction (the ambient one where there is one). */
@Injectable()
export class WorkflowChangesService {
  constructor(
    private readonly store: WorkflowsStore,
    private readonly checker: DefinitionChecker,
    private readonly agents: AgentsService,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async create({ definition: value, ...fields }: CreateWorkflow, id = newId()): Promise<Workflow> {
    const definition =
      value === undefined ? null : await this.checker.require(value, fields.ownerAgentId, '/definition');
    const now = this.clock.now();
    const workflow: Workflow = {
      id,
      ...fields,
      settings: withSettings(DEFAULT_WORKFLOW_SETTINGS, fields.settings),
      status: 'active',
      definitionVersion: definition === null ? 0 : 1,
      createdAt: now,
      updatedAt: now,
    };
    await this.work.transactional(async () => {
      const owner = await this.agents.lockForUse(fields.ownerAgentId);
      if (owner === null) throw unknownAgent('/ownerAgentId', fields.ownerAgentId);
      await this.store.insert(workflow, definition);
    });
    return workflow;
  }

  patch(id: string, patch: PatchWorkflow, ifMatch: string | undefined): Promise<Workflow> {
    return this.work.transactional(async () => {
      const workflow = await this.lockForChange(id);
      assertMatches(ifMatch, etagOf(settableFields(workflow)));
      const settings = withSettings(workflow.settings, patch.settings ?? {});
      const changed: Workflow = { ...workflow, ...patch, settings };
      if (etagOf(settableFields(changed)) === etagOf(settableFields(workflow))) return workflow;
      const patched = { ...changed, updatedAt: this.clock.now() };
      await this.store.update(patched);
      // A limit somebody else sets meanwhile stays, unless this change is about it.
      const { budgetUsd, budgetPeriod } = workflow.settings;
      if (settings.budgetUsd !== budgetUsd || settings.budgetPeriod !== budgetPeriod)
        await this.store.updateBudget(patched);
      return patched;
    });
  }

  /** Stores a valid definition and counts the version up; one equal to the present one changes nothing. */
  async putDefinition(id: string, value: unknown, ifMatch: string | undefined): Promise<Definition> {
    const known = await this.store.find(id);
    if (known === null) throw new NotFoundError('workflow', id);
    const definition = await this.checker.require(value, known.ownerAgentId, '');
    await this.work.transactional(async () => {
      const workflow = await this.lockForChange(id);
      const present = await this.store.findDefinition(id);
      assertMatches(ifMatch, etagOf(present ?? {}));
      if (contentHash(present) === contentHash(definition)) return;
      await this.store.update({
        ...workflow,
        definitionVersion: workflow.definitionVersion + 1,
        updatedAt: this.clock.now(),
      });
      await this.store.updateDefinition(id, definition);
    });
    return definition;
  }

  private async lockForChange(id: string): Promise<Workflow> {
    const workflow = await this.store.lock(id, 'change');
    if (workflow === null) throw new NotFoundError('workflow', id);
    return workflow;
  }
}

/** Only what is given changes. */
function withSettings(
  settings: WorkflowSettings,
  change: NonNullable<PatchWorkflow['settings']>,
): WorkflowSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...settings, ...(Object.fromEntries(given) as Partial<WorkflowSettings>) };
}
