import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { JsonValue } from '../../common/json.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { definitionSchema } from '../domain/definition.js';
import type { Plan, PlanOrigin, PlanSource, PlanStatus } from '../domain/plan.js';
import type { Adaptation } from '../domain/run-patch.js';
import { quoteSchema } from '../definition-validation.schemas.js';
import { planConstraintsSchema } from '../plan-constraints.schema.js';
import { planDiagnosticSchema } from '../plans.schemas.js';
import { type PlanFilter, PlansStore, type PlanSummary } from '../plans.store.port.js';
import { PlanEntity } from './plan.entity.js';
import { listPlans } from './plans.sql.js';

/** Rows are read anew each time: what is decided under a lock must see what others committed before it. */
const FRESH = { disableIdentityMap: true } as const;

const storedSummary = z.object({
  reason: z.string(),
  request: z.string().nullable(),
  description: z.string(),
  confidence: z.number().nullable(),
  quote: quoteSchema,
});
const storedContent = storedSummary.extend({
  constraints: planConstraintsSchema,
  definition: definitionSchema,
  alternatives: z.array(z.object({ definition: definitionSchema, confidence: z.number().nullable() })),
  diagnostics: z.array(planDiagnosticSchema),
  // As it was stored; whether it still fits its run is seen when it is applied.
  adaptation: z.custom<Adaptation>().nullable().default(null),
});

interface SummaryRow {
  readonly id: string;
  readonly workflow_id: string;
  readonly run_id: string | null;
  readonly version: number;
  readonly origin: PlanOrigin;
  readonly source: PlanSource;
  readonly status: PlanStatus;
  readonly content_hash: string;
  readonly cost_nano: string;
  readonly created_at: string;
  readonly decided_at: string | null;
  readonly plan_data: unknown;
}

function toPlan({ planData, costNano, ...row }: InstanceType<typeof PlanEntity>): Plan {
  const { runId = null, decidedAt = null } = row;
  return { ...row, runId, decidedAt, ...storedContent.parse(planData), costNanoUsd: BigInt(costNano) };
}

const toSummary = (row: SummaryRow): PlanSummary => ({
  ...{ id: row.id, workflowId: row.workflow_id, runId: row.run_id, version: row.version },
  ...{ origin: row.origin, source: row.source, status: row.status, contentHash: row.content_hash },
  ...storedSummary.parse(row.plan_data),
  costNanoUsd: BigInt(row.cost_nano),
  createdAt: new Date(row.created_at),
  decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
});

@Injectable()
export class PostgresPlansStore extends PlansStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async insert(plan: Plan): Promise<void> {
    const { reason, request, constraints, description, definition, costNanoUsd, ...rest } = plan;
    const { confidence, alternatives, diagnostics, quote, adaptation, ...columns } = rest;
    const planData = {
      ...{ reason, request, constraints, description, definition },
      ...{ confidence, alternatives, diagnostics, quote },
      ...(adaptation === null ? {} : { adaptation }),
    } as unknown as JsonValue;
    await this.work.em.insert(PlanEntity, { ...columns, planData, costNano: costNanoUsd });
  }

  override async find(id: string): Promise<Plan | null> {
    const row = await this.work.em.findOne(PlanEntity, { id }, FRESH);
    return row === null ? null : toPlan(row);
  }

  override async findVersion(workflowId: string, version: number): Promise<Plan | null> {
    const row = await this.work.em.findOne(PlanEntity, { workflowId, version }, FRESH);
    return row === null ? null : toPlan(row);
  }

  override async lastVersion(workflowId: string): Promise<number> {
    const options = { ...FRESH, orderBy: { version: 'desc' }, limit: 1, fields: ['version'] } as const;
    const [last] = await this.work.em.find(PlanEntity, { workflowId }, options);
    return last?.version ?? 0;
  }

  override async findApproved(workflowId: string): Promise<Plan | null> {
    const row = await this.work.em.findOne(
      PlanEntity,
      { workflowId, status: 'approved', runId: null },
      FRESH,
    );
    return row === null ? null : toPlan(row);
  }

  override async findApprovedHash(workflowId: string): Promise<string | null> {
    const options = { ...FRESH, fields: ['contentHash'] } as const;
    const where = { workflowId, status: 'approved', runId: null } as const;
    return (await this.work.em.findOne(PlanEntity, where, options))?.contentHash ?? null;
  }

  override async setStatus(id: string, status: PlanStatus, decidedAt: Date): Promise<void> {
    await this.work.em.nativeUpdate(PlanEntity, { id }, { status, decidedAt });
  }

  override async list(
    workflowId: string,
    filter: PlanFilter,
    after: string | null,
    limit: number,
  ): Promise<PlanSummary[]> {
    const rows = await this.work.query<SummaryRow>(listPlans(workflowId, filter, after, limit));
    return rows.map(toSummary);
  }
}
