import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { JsonValue } from '../../common/json.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Definition, definitionSchema } from '../domain/definition.js';
import type { Workflow } from '../workflow.js';
import { workflowSettingsSchema } from '../workflows.schemas.js';
import { type WorkflowFilter, WorkflowsStore } from '../workflows.store.port.js';
import { WorkflowEntity } from './workflow.entity.js';

const LOCK_MODES = { change: LockMode.PESSIMISTIC_WRITE, use: LockMode.PESSIMISTIC_READ } as const;

/** Rows are read anew each time: what is decided under a lock must see what others committed before it. */
const FRESH = { disableIdentityMap: true } as const;

type WorkflowRow = Omit<InstanceType<typeof WorkflowEntity>, 'definition'>;

function toWorkflow(row: WorkflowRow): Workflow {
  const { id, name, description, ownerAgentId, status, definitionVersion, createdAt, updatedAt } = row;
  const settings = workflowSettingsSchema.parse(row.settings);
  return { id, name, description, ownerAgentId, status, definitionVersion, settings, createdAt, updatedAt };
}

/** A definition is JSON: its absent fields are missing, never `undefined`. */
const toJson = (definition: Definition): JsonValue => definition as unknown as JsonValue;

@Injectable()
export class PostgresWorkflowsStore extends WorkflowsStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async insert(workflow: Workflow, definition: Definition | null): Promise<void> {
    const json = definition === null ? null : toJson(definition);
    await this.work.em.insert(WorkflowEntity, { ...workflow, definition: json });
  }

  override async find(id: string): Promise<Workflow | null> {
    const row = await this.work.em.findOne(WorkflowEntity, { id }, FRESH);
    return row === null ? null : toWorkflow(row);
  }

  override async findDefinition(id: string): Promise<Definition | null> {
    const row = await this.work.em.findOne(WorkflowEntity, { id }, { ...FRESH, fields: ['definition'] });
    const stored = row?.definition ?? null;
    return stored === null ? null : definitionSchema.parse(stored);
  }

  override async lock(id: string, purpose: 'change' | 'use'): Promise<Workflow | null> {
    const options = { ...FRESH, lockMode: LOCK_MODES[purpose] };
    const row = await this.work.em.findOne(WorkflowEntity, { id }, options);
    return row === null ? null : toWorkflow(row);
  }

  override async update({ id, createdAt: _, ...changed }: Workflow): Promise<void> {
    await this.work.em.nativeUpdate(WorkflowEntity, { id }, changed);
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
    return rows.map(toWorkflow);
  }

  override countOwnedBy(agentId: string): Promise<number> {
    return this.work.em.count(WorkflowEntity, { ownerAgentId: agentId });
  }
}
