import { Injectable, Logger } from '@nestjs/common';
import type { Issue } from '../common/issue.js';
import { checkConstraints } from '../workflows/domain/check-constraints.js';
import type { Definition } from '../workflows/domain/definition.js';
import type { Quote } from '../workflows/domain/quote.js';
import type { PlanConstraints } from '../workflows/domain/plan-constraints.js';
import type { Plan, PlanDiagnostic } from '../workflows/domain/plan.js';
import { PlansService } from '../workflows/plans.service.js';
import { workflowArchived } from '../workflows/workflows.errors.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import type { PlanningTask, PlanProvenance, Proposal } from './planner.js';
import { PlannerRegistry, type RegisteredPlanner } from './planner.registry.js';
import { plansRefused, requestNotPlaceable, unknownPlanner } from './planning.errors.js';
import { PlanningScopes } from './planning-scope.service.js';

/** The planner that always has an answer. */
const TWIN = 'rules';
/** Asked when nobody names one. */
const USUAL = 'model';

/** What is asked for in words. */
export interface PlanOrder {
  readonly request: string;
  readonly constraints: PlanConstraints;
  /** Id of a planner; absent: a model where that is allowed, else rules. */
  readonly planner?: string | undefined;
}

/** A proposal that can be stored. */
interface Sound {
  readonly proposal: Proposal;
  readonly definition: Definition;
  readonly quote: Quote;
}

/** Makes plans out of sentences: the planner that is asked for, else the rules; checked, priced, stored as a draft. */
@Injectable()
export class PlanningService {
  private readonly logger = new Logger('Planning');

  constructor(
    private readonly workflows: WorkflowsService,
    private readonly plans: PlansService,
    private readonly scopes: PlanningScopes,
    private readonly planners: PlannerRegistry,
  ) {}

  /**
   * A new version of the workflow's plans. Fails as `workflow_not_found`, `workflow_archived`, `unknown_planner`,
   * `empty_catalogue`, `invalid_constraints`, `request_not_placeable`, `plan_violates_constraints`.
   */
  async createWorkflowPlan(workflowId: string, order: PlanOrder): Promise<Plan> {
    const workflow = await this.workflows.get(workflowId);
    if (workflow.status === 'archived') throw workflowArchived(workflow);
    const asked = this.find(order.planner ?? USUAL);
    const { request, constraints } = order;
    const scope = await this.scopes.of(workflow.ownerAgentId, constraints);
    const task: PlanningTask = { request, constraints, workflowId, ...scope };
    const { proposal, definition, quote } = await this.soundPlan(asked, task, workflow.ownerAgentId);
    const { origin, source, reason, costNanoUsd } = proposal.provenance ?? byRules(asked.id);
    const { description = '', confidence = null, alternatives = [], diagnostics = [] } = proposal;
    return this.plans.propose(workflowId, {
      content: { description, definition, confidence, alternatives, diagnostics },
      ...{ quote, origin, source, reason, request, constraints, costNanoUsd },
    });
  }

  private find(id: string): RegisteredPlanner {
    const planner = this.planners.find(id);
    if (planner === undefined) throw unknownPlanner(id, this.planners.ids());
    return planner;
  }

  private async soundPlan(asked: RegisteredPlanner, task: PlanningTask, owner: string): Promise<Sound> {
    const twin = this.find(TWIN);
    if (asked.id === TWIN) return this.requireSound(await twin.planner.plan(task), task, owner);
    const proposal = await this.propose(asked, task);
    const [problem, sound] = await this.check(proposal, task, owner);
    if (sound !== null) return { proposal, ...sound };
    // Of the rules already: there is nothing left to fall back to.
    if (proposal.provenance?.origin === 'rules') return this.requireSound(proposal, task, owner);
    const instead = await twin.planner.plan(task);
    const diagnostics = [fellBack(asked.id, problem), ...(instead.diagnostics ?? [])];
    const costNanoUsd = proposal.provenance?.costNanoUsd ?? 0n;
    const provenance: PlanProvenance = {
      origin: 'rules',
      source: 'twin',
      reason: 'plan_refused',
      costNanoUsd,
    };
    return this.requireSound({ ...instead, diagnostics, provenance }, task, owner);
  }

  /** What a planner answers; one that throws has answered nothing. */
  private async propose({ id, planner }: RegisteredPlanner, task: PlanningTask): Promise<Proposal> {
    try {
      return await planner.plan(task);
    } catch (error) {
      this.logger.error(`The planner ${id} failed: ${(error as Error)?.stack ?? String(error)}`);
      return { definition: null };
    }
  }

  private async check(
    { definition, diagnostics = [] }: Proposal,
    { constraints }: PlanningTask,
    owner: string,
  ): Promise<readonly [issues: readonly Issue[], sound: Omit<Sound, 'proposal'> | null]> {
    const notPlaced = diagnostics.filter(({ code }) => code === 'not_placed');
    if (notPlaced.length > 0) throw requestNotPlaceable(notPlaced);
    const checked = await this.workflows.validate(definition, owner);
    const { definition: typed, quote, issues } = checked;
    if (typed === null || quote === null) return [issues, null];
    const broken = checkConstraints(typed, constraints, quote);
    return broken.length > 0 ? [broken, null] : [[], { definition: typed, quote }];
  }

  private async requireSound(proposal: Proposal, task: PlanningTask, owner: string): Promise<Sound> {
    const [issues, sound] = await this.check(proposal, task, owner);
    if (sound === null) throw plansRefused(issues);
    return { proposal, ...sound };
  }
}

const byRules = (id: string): PlanProvenance => ({
  ...{ origin: 'rules', source: 'rule', reason: id, costNanoUsd: 0n },
});

function fellBack(planner: string, issues: readonly Issue[]): PlanDiagnostic {
  const [first] = issues;
  const why = first === undefined ? 'it failed' : `${first.message} (${first.pointer || '/'})`;
  return {
    ...{ code: 'fell_back', severity: 'warning', pointer: '' },
    message: `Planned by rules: the plan of the planner ${planner} cannot be used. ${why}`,
  };
}
