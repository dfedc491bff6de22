import { Injectable } from '@nestjs/common';
import { LlmService, type FunctionAnswer } from '../../llm/llm.service.js';
import type { PlanDiagnostic } from '../../workflows/domain/plan.js';
import { GenerateWorkflowPlan } from '../functions/generate-workflow-plan/generate-workflow-plan.function.js';
import type { PlanAnswer } from '../functions/generate-workflow-plan/plan-question.schemas.js';
import {
  Planner,
  type PlanningTask,
  type PlanProvenance,
  type Proposal,
  type WorkflowPlanner,
} from '../planner.js';
import { RulesPlanner } from './rules.planner.js';

/** A model is shown no more task types than these. */
const SHOWN_TYPES = 30;
/** More issues of an answer than these are not told. */
const MAX_ISSUES = 10;

/** Asks a model where switch, roll-out, provider and budget allow it and plan memory has no answer; else the rules. */
@Planner({
  id: 'model',
  description:
    'A language model where policy and budget allow it and nothing is known already; else the rules.',
})
@Injectable()
export class ModelPlanner implements WorkflowPlanner {
  constructor(
    private readonly llm: LlmService,
    private readonly fn: GenerateWorkflowPlan,
    private readonly rules: RulesPlanner,
  ) {}

  async plan(task: PlanningTask): Promise<Proposal> {
    const { request, constraints, workflowId, catalogue, agents } = task;
    const available = catalogue.map(({ name }) => name);
    const shown = available.length <= SHOWN_TYPES ? available : this.rules.shortlist(task, SHOWN_TYPES);
    const answer = await this.llm.call(
      this.fn,
      {
        request,
        constraints,
        workflowId,
        shown: [...shown],
        available,
        agents: [...agents].map(plain),
        isKnown: this.rules.knows(task),
      },
      { workflowId },
    );
    const { value } = answer;
    return {
      ...value,
      alternatives: value.alternatives as Proposal['alternatives'] & object,
      diagnostics: [...fallBack(answer), ...askedAgain(answer), ...value.diagnostics],
      provenance: provenanceOf(answer),
    };
  }
}

const plain = ({ id, name, capabilities }: PlanningTask['agents'][number]) => ({
  ...{ id, name, capabilities: [...capabilities] },
});

function provenanceOf({ source, reason, costNanoUsd }: FunctionAnswer<PlanAnswer>): PlanProvenance {
  if (source === 'model' || source === 'cache') return { origin: 'model', source, reason, costNanoUsd };
  return { origin: 'rules', source: reason === 'rule_known' ? 'rule' : 'twin', reason, costNanoUsd };
}

/** Of each issue of the first answer, where it was. */
function askedAgain({ sentBack }: FunctionAnswer<PlanAnswer>): PlanDiagnostic[] {
  return sentBack.slice(0, MAX_ISSUES).map(({ code, pointer, message }) => ({
    ...{ code: 'model_asked_again', severity: 'info', pointer: '' },
    message: `The first answer of the model was sent back: ${pointer} ${code}: ${message}`,
  }));
}

function fallBack({ source, reason, detail }: FunctionAnswer<PlanAnswer>): PlanDiagnostic[] {
  if (source !== 'twin' || reason === 'rule_known') return [];
  return [
    {
      ...{ code: 'fell_back', severity: 'warning', pointer: '' },
      message: `Planned without a model (${reason}): ${detail}`,
    },
  ];
}
