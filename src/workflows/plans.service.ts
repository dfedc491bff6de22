import { Injectable } from '@nestjs/common';
import { contentHash } from '../common/canonical-json.js';
import { Clock } from '../common/clock.js';
import { type Page, toPage } from '../common/cursor.js';
import { decodeIdCursor } from '../common/id-cursor.js';
import { newId } from '../common/ids.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DefinitionChecker } from './definition-checker.service.js';
import type { PlanConstraints } from './domain/plan-constraints.js';
import type { Plan, PlanContent, PlanOrigin, PlanSource } from './domain/plan.js';
import type { Quote } from './domain/quote.js';
import type { Adaptation } from './domain/run-patch.js';
import type { AddPlan, ListPlansQuery } from './plans.schemas.js';
import { PlansStore, type PlanSummary } from './plans.store.port.js';
import { invalidDefinition } from './workflows.errors.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** In its cursors. */
const LIST = 'plans';
/** More explains nothing. */
const MAX_DIAGNOSTICS = 1_000;

/** A plan that is not stored yet. */
export interface NewPlan {
  /** Its definition has been checked. */
  readonly content: PlanContent;
  readonly quote: Quote;
  readonly origin: PlanOrigin;
  readonly source: PlanSource;
  readonly reason: string;
  readonly request: string | null;
  readonly constraints: PlanConstraints;
  readonly costNanoUsd: bigint;
  /** Of a plan for a run that is going on. */
  readonly ofRun?: { readonly runId: string; readonly adaptation: Adaptation };
}

/** Stores and reads the plans of workflows. */
@Injectable()
export class PlansService {
  constructor(
    private readonly store: PlansStore,
    private readonly workflows: WorkflowsStore,
    private readonly checker: DefinitionChecker,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** A draft, the next version of its workflow. Fails as `workflow_not_found`. */
  propose(workflowId: string, { content, ofRun, ...facts }: NewPlan): Promise<Plan> {
    return this.work.transactional(async () => {
      const workflow = await this.workflows.lock(workflowId, 'change');
      if (workflow === null) throw new NotFoundError('workflow', workflowId);
      const plan: Plan = {
        ...{ id: newId(), workflowId, status: 'draft', decidedAt: null },
        ...{ runId: ofRun?.runId ?? null, adaptation: ofRun?.adaptation ?? null },
        ...{ ...facts, ...content, diagnostics: content.diagnostics.slice(0, MAX_DIAGNOSTICS) },
        version: (await this.store.lastVersion(workflowId)) + 1,
        contentHash: contentHash(content.definition),
        createdAt: this.clock.now(),
      };
      await this.store.insert(plan);
      return plan;
    });
  }

  /**
   * A definition of a person as the next version; `basedOn` says of which plan it is an edit. Fails as
   * `workflow_not_found`, `plan_not_found`, `invalid_definition`.
   */
  async add(workflowId: string, { definition: value, description, origin, basedOn }: AddPlan): Promise<Plan> {
    const workflow = await this.workflows.find(workflowId);
    if (workflow === null) throw new NotFoundError('workflow', workflowId);
    const base = basedOn === undefined ? null : await this.get(basedOn);
    if (base !== null && base.workflowId !== workflowId) throw new NotFoundError('plan', base.id);
    const { definition, issues, quote } = await this.checker.check(value, workflow.ownerAgentId);
    if (definition === null || quote === null) throw invalidDefinition(issues, '/definition');
    return this.propose(workflowId, {
      content: {
        ...{ description: description ?? base?.description ?? '', definition },
        ...{ confidence: null, alternatives: [], diagnostics: [] },
      },
      ...{ quote, origin, source: 'person', reason: origin, costNanoUsd: 0n },
      ...{ request: base?.request ?? null, constraints: base?.constraints ?? {} },
    });
  }

  /** Fails as `plan_not_found`. */
  async get(id: string): Promise<Plan> {
    const plan = await this.store.find(id);
    if (plan === null) throw new NotFoundError('plan', id);
    return plan;
  }

  /** Fails as `workflow_not_found`. */
  async list(workflowId: string, { limit, cursor, ...filter }: ListPlansQuery): Promise<Page<PlanSummary>> {
    if ((await this.workflows.find(workflowId)) === null) throw new NotFoundError('workflow', workflowId);
    const after = decodeIdCursor(cursor, LIST);
    const plans = await this.store.list(workflowId, filter, after, limit + 1);
    return toPage(plans, limit, ({ id }) => id, LIST);
  }
}
