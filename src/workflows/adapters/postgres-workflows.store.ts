import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { BUDGET_LIMITS, type BudgetLimits } from '../../agents/budget-limits.port.js';
import { formatUsd, parseUsd } from '../../common/money.js';
import { Ports } from '../../common/ports.js';
import type { JsonValue } from '../../common/json.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Definition, definitionSchema } from '../domain/definition.js';
import { DEFAULT_WORKFLOW_SETTINGS, type Workflow } from '../workflow.js';
import { workflowSettingsSchema } from '../workflows.schemas.js';
import { type WorkflowFilter, type WorkflowOwner, WorkflowsStore } from '../workflows.store.port.js';
import { WorkflowEntity } from './workflow.entity.js';

const LOCK_MODES = { change: LockMode.PESSIMISTIC_WRITE, use: LockMode.PESSIMISTIC_READ } as const;

/** Rows are read anew each time: what is decided under a lock must see what others committed before it. */
const FRESH = { disableIdentityMap: true } as const;

type WorkflowRow = Omit<InstanceType<typeof WorkflowEntity>, 'definition'>;

/** What the row holds of the settings. The limit is kept with the budgets alone. */
const storedSettings = workflowSettingsSchema
  .pick({ runBudgetUsd: true, onBudgetExhausted: true, requireApprovedPlan: true })
  .partial();

function toWorkflow(row: WorkflowRow): Workflow {
  const { id, name, description, ownerAgentId, status, definitionVersion, createdAt, updatedAt } = row;
  const settings = { ...DEFAULT_WORKFLOW_SETTINGS, ...storedSettings.parse(row.settings) };
  return { id, name, description, ownerAgentId, status, definitionVersion, settings, createdAt, updatedAt };
}

const toRow = ({ settings, ...workflow }: Workflow) => ({
  ...workflow,
  settings: storedSettings.parse(settings),
});

const budgetOf = (id: string): string => `workflow:${id}`;

type Limits = Awaited<ReturnType<BudgetLimits['find']>>;

function withLimit(workflow: Workflow, limits: Limits): Workflow {
  const { limit, period } = limits.get(budgetOf(workflow.id)) ?? { limit: null, period: 'none' };
  const budgetUsd = limit === null ? null : formatUsd(limit);
  return { ...workflow, settings: { ...workflow.settings, budgetUsd, budgetPeriod: period } };
}

/** A definition is JSON: its absent fields are missing, never `undefined`. */
const toJson = (definition: Definition): JsonValue => definition as unknown as JsonValue;

@Injectable()
export class PostgresWorkflowsStore extends WorkflowsStore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly ports: Ports,
  ) {
    super();
  }

  override async insert(workflow: Workflow, definition: Definition | null): Promise<void> {
    const json = definition === null ? null : toJson(definition);
    await this.work.em.insert(WorkflowEntity, { ...toRow(workflow), definition: json });
    const { budgetUsd, budgetPeriod } = workflow.settings;
    if (budgetUsd !== null || budgetPeriod !== 'none') await this.setLimit(workflow);
  }

  override async find(id: string): Promise<Workflow | null> {
    const [row, limits] = await Promise.all([
      this.work.em.findOne(WorkflowEntity, { id }, FRESH),
      this.limitsOf([id]),
    ]);
    return row === null ? null : withLimit(toWorkflow(row), limits);
  }

  override async findOwner(id: string): Promise<WorkflowOwner | null> {
    const [row] = await this.work.query<WorkflowOwner>({
      text: 'select owner_agent_id as "ownerAgentId", status from workflows where id = $1',
      values: [id],
    });
    return row ?? null;
  }

  override async findDefinition(id: string): Promise<Definition | null> {
    const row = await this.work.em.findOne(WorkflowEntity, { id }, { ...FRESH, fields: ['definition'] });
    const stored = row?.definition ?? null;
    return stored === null ? null : definitionSchema.parse(stored);
  }

  override async lock(id: string, purpose: 'change' | 'use'): Promise<Workflow | null> {
    const options = { ...FRESH, lockMode: LOCK_MODES[purpose] };
    const row = await this.work.em.findOne(WorkflowEntity, { id }, options);
    // A start asks the budgets for what they leave, not for the limit.
    if (purpose === 'use') return row === null ? null : toWorkflow(row);
    return this.complete(row);
  }

  override async update(workflow: Workflow): Promise<void> {
    const { id, createdAt: _, ...changed } = toRow(workflow);
    await this.work.em.nativeUpdate(WorkflowEntity, { id }, changed);
  }

  override updateBudget(workflow: Workflow): Promise<void> {
    return this.setLimit(workflow);
  }

  override async updateDefinition(id: string, definition: Definition): Promise<void> {
    await this.work.em.nativeUpdate(WorkflowEntity, { id }, { definition: toJson(definition) });
  }

  override async delete(id: string): Promise<void> {
    await this.work.em.nativeDelete(WorkflowEntity, { id });
  }

  override async list(filter: WorkflowFilter, after: string | null, limit: number): Promise<Workflow[]> {
    const where = { ...filter, ...(after === null ? {} : { id: { $gt: after } }) };
    const rows = await this.work.em.find(WorkflowEntity, where, { ...FRESH, orderBy: { id: 'asc' }, limit });
    return this.withLimits(rows.map(toWorkflow));
  }

  override countOwnedBy(agentId: string): Promise<number> {
    return this.work.em.count(WorkflowEntity, { ownerAgentId: agentId });
  }

  private async complete(row: WorkflowRow | null): Promise<Workflow | null> {
    if (row === null) return null;
    const [workflow] = await this.withLimits([toWorkflow(row)]);
    return workflow ?? null;
  }

  /** One query, whatever the number. */
  private async withLimits(workflows: readonly Workflow[]): Promise<Workflow[]> {
    const limits = await this.limitsOf(workflows.map(({ id }) => id));
    return workflows.map((workflow) => withLimit(workflow, limits));
  }

  private limitsOf(ids: readonly string[]): Promise<Limits> {
    return this.ports.get(BUDGET_LIMITS).find(ids.map(budgetOf));
  }

  private async setLimit({ id, settings }: Workflow): Promise<void> {
    const { budgetUsd, budgetPeriod: period } = settings;
    const limit = budgetUsd === null ? null : parseUsd(budgetUsd);
    await this.ports.get(BUDGET_LIMITS).set(budgetOf(id), { limit, period });
  }
}
