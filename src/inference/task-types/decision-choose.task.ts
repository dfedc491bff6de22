import { z } from 'zod';
import type { Issue } from '../../common/issue.js';
import { InvalidInputError } from '../../common/tandem-error.js';
import { TaskError } from '../../tasks/domain/task-error.js';
import { done, type TaskOutcome } from '../../tasks/domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../tasks/domain/task-type.js';
import { TaskType } from '../../tasks/task-type.decorator.js';
import { checkDecision, toOption } from '../domain/decision.js';
import { toDecisionResult } from '../decisions/decision-view.js';
import {
  contextSchema,
  criteriaSchema,
  type DecisionResult,
  decisionResultSchema,
  optionsSchema,
} from '../decisions/decisions.schemas.js';
import { Decisions } from '../decisions/decisions.service.js';

const parameters = z.strictObject({
  options: optionsSchema,
  criteria: criteriaSchema.default([]),
  context: contextSchema.optional(),
});
type Parameters = z.output<typeof parameters>;

/** Pointers into the parameter. */
const withinOptions = (issue: Issue): Issue => ({
  ...issue,
  pointer: issue.pointer.replace(/^\/options/, ''),
});

@TaskType({
  name: 'decision.choose',
  description:
    'Chooses one of several options by weighted criteria, or by a model where the level of the agent allows it. Later tasks ' +
    'run `when` its `chosen` is theirs.',
  parameters,
  result: decisionResultSchema,
  effects: () => 'none',
  check: {
    options: (options) => checkDecision({ options: options.map(toOption), criteria: [] }).map(withinOptions),
  },
  planning: {
    synonyms: ['choose', 'decide', 'pick', 'select', 'best'],
    verbRequired: true,
    yields: [{ field: 'chosen' }],
  },
  examples: [
    {
      title: 'Choose a way to travel',
      parameters: {
        options: [
          { id: 'rail', attributes: { costEur: 120, hours: 9 } },
          { id: 'air', attributes: { costEur: 310, hours: 2 } },
        ],
        criteria: [
          { name: 'costEur', weight: 2, direction: 'minimize' },
          { name: 'hours', weight: 1, direction: 'minimize' },
        ],
      },
    },
  ],
})
export class DecisionChooseTask implements TaskHandler<Parameters, DecisionResult> {
  constructor(private readonly decisions: Decisions) {}

  async execute(order: Parameters, context: TaskContext): Promise<TaskOutcome<DecisionResult>> {
    const { agentId, workflowId, runId, id: taskId, assisted, idempotencyKey: key, signal } = context;
    try {
      const decider = { agentId, workflowId, runId, taskId, assisted, key, signal };
      const result = toDecisionResult(await this.decisions.decide(order as never, decider));
      const { id, chosen, source, twinChoice, costUsd } = result;
      return done(result, {
        type: 'decision.made',
        data: { decisionId: id, chosen, source, twinChoice, costUsd },
      });
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const [first] = error.issues;
      const message = `${first?.message ?? error.message} (${first?.pointer ?? '/'})`;
      throw new TaskError({ code: error.code, class: 'invalid_input', message, effect: 'none' });
    }
  }
}
