import { Injectable } from '@nestjs/common';
import { AgentsService } from '../../agents/agents.service.js';
import type { Issue } from '../../common/issue.js';
import type { JsonObject } from '../../common/json.js';
import { Ports } from '../../common/ports.js';
import { ConflictError, InvalidInputError } from '../../common/tandem-error.js';
import type { StandingRun } from '../../execution/adaptations/standing-runs.port.js';
import { TASK_HISTORY } from '../../tasks/task-history.port.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import { toSeconds } from '../../workflows/domain/critical-path.js';
import type { TaskDefinition } from '../../workflows/domain/definition.js';
import { estimatedDurations } from '../../workflows/domain/durations.js';
import { typesOf, worksOfAll } from '../../workflows/domain/works.js';
import { MODEL_COST_ESTIMATOR } from '../../workflows/model-cost-estimator.port.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import type { AdaptationQuestion } from '../functions/adapt-workflow/adaptation.schemas.js';
import { type GivenConditions, KNOWN_CONDITIONS } from './adaptations.schemas.js';

const FREE = '0.000000000';
/** Of an agent that is gone. */
const LEAST = { intelligenceLevel: 'basic', executionMode: 'strict' } as const;

/** A question, and for whom it is asked. */
export interface OwnedQuestion {
  readonly question: AdaptationQuestion;
  readonly workflowId: string;
  readonly ownerAgentId: string;
}

/** Puts together all that is known about the rest of a run. */
@Injectable()
export class AdaptationQuestions {
  constructor(
    private readonly agents: AgentsService,
    private readonly workflows: WorkflowsService,
    private readonly types: TaskTypeRegistry,
    private readonly ports: Ports,
  ) {}

  /** Level and mode are those of the owner of the workflow. Fails as `run_without_workflow`. */
  async about(run: StandingRun, given: GivenConditions): Promise<OwnedQuestion> {
    const { runId, workflowId, definition, tasks, assisted } = run;
    const workflow = workflowId === null ? null : await this.workflows.find(workflowId);
    if (workflow === null) throw withoutWorkflow(runId);
    const { name, description, ownerAgentId } = workflow;
    const owner = await this.agents.find(ownerAgentId);
    const { intelligenceLevel, executionMode } = owner ?? LEAST;
    const gone = new Set(given.agentsGone);
    const agents = await this.agents.subtree(ownerAgentId);
    const names = [...new Set(definition.tasks.map(({ taskType }) => taskType))];
    const durations = estimatedDurations(
      definition.tasks,
      await this.ports.get(TASK_HISTORY).summarise(names),
    );
    const costs = await this.costs(run);
    const question: AdaptationQuestion = {
      ...{ scenario: 'adaptation', intelligenceLevel, executionMode, assisted },
      goal: description === '' ? name : `${name}: ${description}`,
      conditions: conditionsOf(given),
      definition: definition as AdaptationQuestion['definition'],
      places: tasks.map(({ taskId, status, agentId }, index) => ({
        ...{ status, agentId, seconds: toSeconds(durations[index] ?? 0) },
        costUsd: costs.get(taskId) ?? FREE,
      })),
      agents: agents.map(({ id, name: called, capabilities, status, maxConcurrentTasks }) => ({
        ...{ id, name: called, capabilities: [...capabilities], maxConcurrentTasks },
        isActive: status === 'active' && !gone.has(id),
      })),
    };
    return { question, workflowId: workflow.id, ownerAgentId };
  }

  /** What is gone may be known from the run alone; anything else is misspelt. Fails as `invalid_conditions`. */
  async check({ definition, tasks }: StandingRun, given: GivenConditions): Promise<void> {
    const { agentsGone, taskTypesDisabled } = given;
    const named = new Set(tasks.map(({ agentId }) => agentId));
    const agents = await Promise.all(
      agentsGone.map(async (id) => named.has(id) || (await this.agents.find(id)) !== null),
    );
    const types = this.types.list().map(({ name }) => name);
    const knownTypes = new Set([...types, ...definition.tasks.flatMap((task) => typesOf(task))]);
    const issues: Issue[] = [
      ...agentsGone.flatMap((id, index) => (agents[index] === true ? [] : [noSuchAgent(id, index)])),
      ...taskTypesDisabled.flatMap((name, index) =>
        knownTypes.has(name) ? [] : [{ ...noSuchType(name, index), allowed: types }],
      ),
    ];
    const [first] = issues;
    if (first !== undefined) throw new InvalidInputError('invalid_conditions', first.message, issues);
  }

  /** Of the tasks that ask models and have not begun. */
  private async costs({ definition, tasks }: StandingRun): Promise<ReadonlyMap<string, string>> {
    const paid = definition.tasks.flatMap((task, index) => {
      const { status, agentId } = tasks[index] ?? {};
      return status === 'pending' && this.asksModels(task) ? [{ task, agentId }] : [];
    });
    const estimator = this.ports.get(MODEL_COST_ESTIMATOR);
    const costs = await Promise.all(
      paid.map(async ({ task, agentId }) => {
        const { maximumUsd } = await estimator.estimate({ tasks: [task] }, agentId == null ? [] : [agentId]);
        return [task.taskId, maximumUsd] as const;
      }),
    );
    return new Map(costs);
  }

  private asksModels(task: TaskDefinition): boolean {
    return worksOfAll([task]).some(
      ({ taskType, parameters }) => this.types.find(taskType)?.modelUse?.(parameters) !== undefined,
    );
  }
}

function conditionsOf(given: GivenConditions): AdaptationQuestion['conditions'] {
  const { agentsGone, taskTypesDisabled, deadlineSeconds = null, budgetUsd = null } = given;
  const other = Object.fromEntries(
    Object.entries(given).filter(([name]) => !KNOWN_CONDITIONS.includes(name)),
  );
  return {
    ...{ agentsGone: [...agentsGone], taskTypesDisabled: [...taskTypesDisabled] },
    ...{ deadlineSeconds, budgetUsd, other: other as JsonObject },
  };
}

const noSuchAgent = (id: string, index: number): Issue => ({
  ...{ code: 'unknown_agent', pointer: `/conditions/agentsGone/${index}` },
  message: `There is no agent with the id ${JSON.stringify(id)}, and no task of the run has one.`,
});

const noSuchType = (name: string, index: number): Issue => ({
  ...{ code: 'unknown_task_type', pointer: `/conditions/taskTypesDisabled/${index}` },
  message: `There is no task type ${JSON.stringify(name)}, and no task of the run is of one.`,
});

const withoutWorkflow = (runId: string): ConflictError =>
  new ConflictError(
    'run_without_workflow',
    `Run ${runId} is one task given to an agent, or its workflow is gone: there is no rest of a workflow to change.`,
  );
