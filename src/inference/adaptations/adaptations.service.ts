import { Injectable } from '@nestjs/common';
import { RunAdaptations } from '../../execution/adaptations/run-adaptations.service.js';
import type { StandingRun } from '../../execution/adaptations/standing-runs.port.js';
import type { FunctionAnswer } from '../../llm/llm.service.js';
import { LlmService } from '../../llm/llm.service.js';
import type { DefinitionDiff } from '../../workflows/domain/diff-definitions.js';
import type { Plan } from '../../workflows/domain/plan.js';
import type { AdaptationAnswer } from '../domain/adaptation/adaptation.js';
import { AdaptWorkflow } from '../functions/adapt-workflow/adapt-workflow.function.js';
import { AdaptationPlans } from './adaptation-plans.service.js';
import { AdaptationQuestions } from './adaptation-questions.service.js';
import type { GivenConditions } from './adaptations.schemas.js';

/** What became of the rest of a run. */
export interface AdaptedRun {
  readonly runId: string;
  readonly outcome: 'unchanged' | 'proposed' | 'applied';
  readonly answer: FunctionAnswer<AdaptationAnswer>;
  readonly plan: Plan | null;
  readonly diff: DefinitionDiff | null;
}

/** Changes the rest of runs: by a model where the gate allows it, else by rules. */
@Injectable()
export class Adaptations {
  constructor(
    private readonly runs: RunAdaptations,
    private readonly questions: AdaptationQuestions,
    private readonly llm: LlmService,
    private readonly fn: AdaptWorkflow,
    private readonly plans: AdaptationPlans,
  ) {}

  /**
   * A plan for the rest of a run, applied where the level of the owner allows it and `apply` says so. Fails as `run_not_found`,
   * `run_ended`, `run_without_workflow`, `signal_pending`, `plan_outdated`; never because of a model.
   */
  async adapt(runId: string, conditions: GivenConditions, apply: boolean): Promise<AdaptedRun> {
    return this.adaptOpen(await this.runs.open(runId), conditions, apply);
  }

  /** The same for conditions somebody wrote. Fails also as `invalid_conditions`, where they name what does not exist. */
  async adaptAsAsked(runId: string, conditions: GivenConditions, apply: boolean): Promise<AdaptedRun> {
    const run = await this.runs.open(runId);
    await this.questions.check(run, conditions);
    return this.adaptOpen(run, conditions, apply);
  }

  private async adaptOpen(
    run: StandingRun,
    conditions: GivenConditions,
    apply: boolean,
  ): Promise<AdaptedRun> {
    const { runId } = run;
    const { question, workflowId, ownerAgentId } = await this.questions.about(run, conditions);
    const answer = await this.llm.call(this.fn, question, { agentId: ownerAgentId, workflowId, runId });
    if (answer.value.changes.length === 0)
      return { runId, outcome: 'unchanged', answer, plan: null, diff: null };
    const { plan, diff } = await this.plans.propose(run, { question, workflowId, answer });
    const applied = apply ? await this.plans.applied(plan, { question, ownerAgentId }) : null;
    const outcome = applied === null ? 'proposed' : 'applied';
    return { runId, outcome, answer, plan: applied ?? plan, diff };
  }
}
