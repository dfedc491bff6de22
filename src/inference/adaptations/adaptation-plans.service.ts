import { Injectable } from '@nestjs/common';
import { newId } from '../../common/ids.js';
import { ConflictError } from '../../common/tandem-error.js';
import type { StandingRun } from '../../execution/adaptations/standing-runs.port.js';
import { Features } from '../../features/features.service.js';
import type { FunctionAnswer } from '../../llm/llm.service.js';
import { type DefinitionDiff, diffDefinitions } from '../../workflows/domain/diff-definitions.js';
import type { Plan } from '../../workflows/domain/plan.js';
import { patched, type RunPatch } from '../../workflows/domain/run-patch.js';
import { PlanDecisions } from '../../workflows/plan-decisions.service.js';
import { PlansService } from '../../workflows/plans.service.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import type { AdaptationAnswer } from '../domain/adaptation/adaptation.js';
import { adaptationOf } from '../domain/adaptation/apply-changes.js';
import { reachOf } from '../domain/policy.js';
import { AdaptWorkflow } from '../functions/adapt-workflow/adapt-workflow.function.js';
import type { AdaptationQuestion } from '../functions/adapt-workflow/adaptation.schemas.js';

/** What a plan is made of. */
interface Proposed {
  readonly question: AdaptationQuestion;
  readonly workflowId: string;
  /** With changes. */
  readonly answer: FunctionAnswer<AdaptationAnswer>;
}

/** Makes plans of adaptations, and applies those nobody has to approve. */
@Injectable()
export class AdaptationPlans {
  constructor(
    private readonly plans: PlansService,
    private readonly decisions: PlanDecisions,
    private readonly workflows: WorkflowsService,
    private readonly features: Features,
    private readonly fn: AdaptWorkflow,
  ) {}

  /** A draft for the run. */
  async propose(
    { runId, definition: before }: StandingRun,
    { question, workflowId, answer }: Proposed,
  ): Promise<{ readonly plan: Plan; readonly diff: DefinitionDiff }> {
    const { value, source, reason, costNanoUsd } = answer;
    const patch = withIds(this.fn.patch(question, value));
    const definition = patched(before, patch);
    // Of what is left out no quote is asked; of tasks that use its result it is said in the diff.
    const { quote } = await this.workflows.validate(definition);
    if (quote === null) throw new Error(`The adapted definition of run ${runId} has no graph.`);
    const plan = await this.plans.propose(workflowId, {
      content: {
        ...{ description: value.reason, definition, confidence: null, alternatives: [], diagnostics: [] },
      },
      ...{ quote, origin: 'adaptation', source, reason, request: null, constraints: {}, costNanoUsd },
      ofRun: { runId, adaptation: adaptationOf(question, patch) },
    });
    return { plan, diff: diffDefinitions(before, definition) };
  }

  /**
   * Approved, and the run goes on with it; null: a person has to approve it. Fails as `plan_outdated` and the like where the
   * run has moved on meanwhile; the plan is rejected then, since it can never be approved.
   */
  async applied(
    { id, contentHash, workflowId, source }: Plan,
    { question, ownerAgentId }: { readonly question: AdaptationQuestion; readonly ownerAgentId: string },
  ): Promise<Plan | null> {
    const { intelligenceLevel, assisted } = question;
    const subject = { agentId: ownerAgentId, workflowId };
    const isAllowed =
      assisted &&
      reachOf('adaptation', intelligenceLevel) === 'applies' &&
      (await this.features.evaluate('adaptation', subject)).enabled;
    if (!isAllowed) return null;
    try {
      return await this.decisions.approve(id, contentHash, source);
    } catch (error) {
      if (error instanceof ConflictError) await this.decisions.reject(id, contentHash);
      throw error;
    }
  }
}

const withIds = (patch: RunPatch): RunPatch => ({
  ...patch,
  added: patch.added.map((each) => ({ ...each, id: newId() })),
});
