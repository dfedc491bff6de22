import { Injectable, Logger } from '@nestjs/common';
import type { Issue } from '../common/issue.js';
import { NotFoundError } from '../common/tandem-error.js';
import { untilAborted } from '../common/until-aborted.js';
import type { SubtreeAgent } from '../agents/agents.store.port.js';
import { AppConfig } from '../config/config.js';
import { checkConstraints } from '../workflows/domain/check-constraints.js';
import type { Definition } from '../workflows/domain/definition.js';
import type { Quote } from '../workflows/domain/quote.js';
import type { PlanConstraints } from '../workflows/domain/plan-constraints.js';
import type { Plan, PlanAlternative, PlanDiagnostic } from '../workflows/domain/plan.js';
import { type NewPlan, PlansService } from '../workflows/plans.service.js';
import { workflowArchived } from '../workflows/workflows.errors.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import type { PlanningTask, PlanProvenance, Proposal } from './planner.js';
import { PlannerRegistry, type RegisteredPlanner } from './planner.registry.js';
import { plansRefused, requestNotPlaceable, unknownPlanner } from './planning.errors.js';
import { PlanningScopes } from './planning-scope.service.js';
import { readProposal } from './read-proposal.js';

/** The planner that always has an answer. */
const TWIN = 'rules';
/** Asked when nobody names one. */
const USUAL = 'model';

/** A planner that asks a model has as long as the model, and so much for itself. */
const GRACE_SECONDS = 10;

/** What is asked for in words. */
export interface PlanOrder {
  readonly request: string;
  readonly constraints: PlanConstraints;
  /** Id of a planner; absent: a model where that is allowed, else rules. */
  readonly planner?: string | undefined;
}

/** The owner of the workflow and the agents below it. */
type Owner = readonly SubtreeAgent[];

/** A proposal that can be stored. */
interface Sound {
  readonly proposal: Proposal;
  readonly definition: Definition;
  readonly quote: Quote;
}

/** Makes plans out of sentences: the planner that is asked for, else the rules; checked, priced, stored as a draft. */
@Injectable()
export class PlanMaker {
  private readonly logger = new Logger('Planning');

  constructor(
    private readonly workflows: WorkflowsService,
    private readonly plans: PlansService,
    private readonly scopes: PlanningScopes,
    private readonly planners: PlannerRegistry,
    private readonly config: AppConfig,
  ) {}

  /**
   * A new version of the workflow's plans. Fails as `workflow_not_found`, `workflow_archived`, `unknown_planner`,
   * `empty_catalogue`, `invalid_constraints`, `request_not_placeable`, `plan_violates_constraints`.
   */
  async make(workflowId: string, order: PlanOrder): Promise<Plan> {
    return this.plans.propose(workflowId, await this.draft(workflowId, order));
  }

  /** What `make` stores. Fails as that does. */
  async draft(workflowId: string, order: PlanOrder): Promise<NewPlan> {
    const workflow = await this.workflows.findOwner(workflowId);
    if (workflow === null) throw new NotFoundError('workflow', workflowId);
    if (workflow.status === 'archived') throw workflowArchived(await this.workflows.get(workflowId));
    const asked = this.find(order.planner ?? USUAL);
    const { request, constraints } = order;
    const { subtree, ...scope } = await this.scopes.of(workflow.ownerAgentId, constraints);
    const task: PlanningTask = { request, constraints, workflowId, ...scope };
    const { proposal, definition, quote } = await this.soundPlan(asked, task, subtree);
    const { origin, source, reason, costNanoUsd } = proposal.provenance ?? byRules(asked.id);
    const { description = '', confidence = null, diagnostics = [] } = proposal;
    const alternatives = await this.soundAlternatives(proposal.alternatives ?? [], task, subtree);
    return {
      content: { description, definition, confidence, alternatives, diagnostics },
      ...{ quote, origin, source, reason, request, constraints, costNanoUsd },
    };
  }

  private find(id: string): RegisteredPlanner {
    const planner = this.planners.find(id);
    if (planner === undefined) throw unknownPlanner(id, this.planners.ids());
    return planner;
  }

  private async soundPlan(asked: RegisteredPlanner, task: PlanningTask, owner: Owner): Promise<Sound> {
    if (asked.id === TWIN) return this.requireSound(await asked.planner.plan(task), task, owner);
    const answered = await this.propose(asked, task);
    if ('problem' in answered) return this.planInstead(fellBack(asked.id, answered.problem), 0n, task, owner);
    const { proposal } = answered;
    const [issues, sound] = await this.check(proposal, task, owner);
    if (sound !== null) return { proposal, ...sound };
    // Of the rules already: there is nothing left to fall back to.
    if (asked.id === USUAL && proposal.provenance?.origin === 'rules')
      return this.requireSound(proposal, task, owner);
    const costNanoUsd = proposal.provenance?.costNanoUsd ?? 0n;
    return this.planInstead(fellBack(asked.id, firstOf(issues)), costNanoUsd, task, owner);
  }

  /** What a planner answers, or why that is nothing. */
  private async propose({ id, planner }: RegisteredPlanner, task: PlanningTask) {
    const seconds = this.config.llm.timeoutSeconds + GRACE_SECONDS;
    const signal = AbortSignal.timeout(seconds * 1000);
    try {
      // It may answer at once, and throw at once.
      const planning = Promise.resolve().then(() => planner.plan(task));
      return readProposal(await untilAborted(planning, signal));
    } catch (error) {
      if (signal.aborted) return { problem: `it did not answer within ${seconds} s.` };
      this.logger.error(`The planner ${id} failed: ${(error as Error)?.stack ?? String(error)}`);
      return { problem: 'it failed; the log says how.' };
    }
  }

  /** The rules, in the place of a planner whose plan cannot be used; what that one cost stays. */
  private async planInstead(
    why: PlanDiagnostic,
    costNanoUsd: bigint,
    task: PlanningTask,
    owner: Owner,
  ): Promise<Sound> {
    const instead = await this.find(TWIN).planner.plan(task);
    const diagnostics = [why, ...(instead.diagnostics ?? [])];
    const by = { origin: 'rules', source: 'twin', reason: 'plan_refused' } as const;
    const provenance: PlanProvenance = { ...by, costNanoUsd };
    return this.requireSound({ ...instead, diagnostics, provenance }, task, owner);
  }

  /** Those that could be stored as plans of their own. */
  private async soundAlternatives(
    alternatives: Proposal['alternatives'] & object,
    task: PlanningTask,
    owner: Owner,
  ): Promise<readonly PlanAlternative[]> {
    const checked = alternatives.map(async ({ definition, confidence }) => {
      const [, sound] = await this.check({ definition }, task, owner);
      return sound === null ? [] : [{ definition: sound.definition, confidence }];
    });
    return (await Promise.all(checked)).flat();
  }

  private async check(
    { definition, diagnostics = [] }: Proposal,
    { constraints }: PlanningTask,
    owner: Owner,
  ): Promise<readonly [issues: readonly Issue[], sound: Omit<Sound, 'proposal'> | null]> {
    const notPlaced = diagnostics.filter(({ code }) => code === 'not_placed');
    if (notPlaced.length > 0) throw requestNotPlaceable(notPlaced);
    const checked = await this.workflows.validate(definition, owner);
    const { definition: typed, quote, issues } = checked;
    if (typed === null || quote === null) return [issues, null];
    const broken = checkConstraints(typed, constraints, quote);
    return broken.length > 0 ? [broken, null] : [[], { definition: typed, quote }];
  }

  private async requireSound(proposal: Proposal, task: PlanningTask, owner: Owner): Promise<Sound> {
    const [issues, sound] = await this.check(proposal, task, owner);
    if (sound === null) throw plansRefused(issues);
    return { proposal, ...sound };
  }
}

const byRules = (id: string): PlanProvenance => ({
  ...{ origin: 'rules', source: 'rule', reason: id, costNanoUsd: 0n },
});

function firstOf([first]: readonly Issue[]): string {
  return first === undefined ? 'it is not valid.' : `${first.message} (${first.pointer || '/'})`;
}

const fellBack = (planner: string, why: string): PlanDiagnostic => ({
  ...{ code: 'fell_back', severity: 'warning', pointer: '' },
  message: `Planned by rules: the plan of the planner ${planner} cannot be used: ${why}`,
});
