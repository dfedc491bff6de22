import { Injectable } from '@nestjs/common';
import { newId } from '../common/ids.js';
import type { JsonValue } from '../common/json.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { contentHash } from '../common/canonical-json.js';
import type { StartableWorkflow } from '../workflows/workflow.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import { singleTask, toTaskPointers } from './domain/single-task.js';
import { RunAssignments } from './run-assignments.service.js';
import { RunInputs } from './run-inputs.service.js';
import { type Fire, type NewRun, RunsStore } from './runs-store.port.js';
import { invalidTask, runInDoubt, runNotRetryable } from './runs.errors.js';
import type { StartTask } from './runs.schemas.js';
import { traceStart } from './traces/trace-start.js';

type Start = Omit<NewRun, 'id' | 'tasks'> & {
  /** Of its workflow. */
  readonly runBudgetUsd?: string | null;
  /** Whose subtree executes it. */
  readonly ownerAgentId: string;
};

/** Starts runs: one transaction writes run, tasks, first event and job. Answers the run's id. */
@Injectable()
export class RunStarts {
  constructor(
    private readonly store: RunsStore,
    private readonly workflows: WorkflowsService,
    private readonly inputs: RunInputs,
    private readonly assignments: RunAssignments,
    private readonly work: UnitOfWork,
  ) {}

  /** A run of a workflow's definition as it is now. */
  startWorkflow(workflowId: string, input: JsonValue): Promise<string> {
    return this.whenInputFits(workflowId, input, (locked) => this.startLocked(locked, input));
  }

  /**
   * Holds the workflow for a start and proves that the input fits its definition, then calls `start` in the same
   * transaction: once, or again in a new one when the definition changes meanwhile.
   */
  async whenInputFits<T>(
    workflowId: string,
    input: JsonValue,
    start: (locked: StartableWorkflow) => Promise<T>,
  ): Promise<T> {
    let checked: string | null = null;
    for (;;) {
      const known = checked;
      const outcome = await this.work.transactional(async () => {
        const locked = await this.workflows.lockForStart(workflowId);
        const { inputSchema } = locked.definition;
        if (inputSchema !== undefined && contentHash(inputSchema) !== known)
          return { unchecked: inputSchema };
        return { started: await start(locked) };
      });
      if (outcome.unchecked === undefined) return outcome.started;
      // Outside of the transaction: a schema may take seconds. If it has changed meanwhile, the new one is checked.
      await this.inputs.check(outcome.unchecked, input);
      checked = contentHash(outcome.unchecked);
    }
  }

  /** A run of a locked workflow, in the ambient transaction. */
  startLocked({ workflow, definition }: StartableWorkflow, input: JsonValue, fire?: Fire): Promise<string> {
    const start = { workflowId: workflow.id, agentId: null, retryOfRunId: null, assisted: true };
    const fired = fire === undefined ? {} : { fire };
    const { ownerAgentId, settings } = workflow;
    const { runBudgetUsd } = settings;
    return this.start({ ...start, ...fired, definition, input, ownerAgentId, runBudgetUsd });
  }

  /** A run of one task by one agent; `assisted`: models may help where the gate allows it. */
  async startTask(agentId: string, task: StartTask, assisted = false): Promise<string> {
    await this.assignments.requireActive(agentId);
    const { definition, issues } = await this.workflows.validate(singleTask(agentId, task), agentId);
    if (definition === null) throw invalidTask(toTaskPointers(issues));
    return this.work.transactional(async () => {
      await this.assignments.keep(agentId);
      const start = { workflowId: null, agentId, retryOfRunId: null, assisted, input: null };
      return this.start({ ...start, definition, ownerAgentId: agentId });
    });
  }

  /** A new run of what an ended run executed; what is done is taken over, the rest runs again. Fails as `run_in_doubt`. */
  retry(runId: string): Promise<string> {
    return this.work.transactional(async () => {
      // What is said of its tasks in doubt is said under this lock.
      await this.store.lockRun(runId);
      const found = await this.store.findRetryable(runId);
      if (found === null) throw new NotFoundError('run', runId);
      const { record, definition } = found;
      const { workflowId, agentId, status, assisted, input } = record;
      if (status !== 'failed' && status !== 'cancelled') throw runNotRetryable(runId, status);
      const doubts = await this.store.listDoubts(runId);
      if (doubts.length > 0) throw runInDoubt(runId, doubts);
      const workflow =
        agentId === null ? (await this.workflows.lockForStart(workflowId ?? '', definition)).workflow : null;
      const ownerAgentId = workflow?.ownerAgentId ?? agentId ?? '';
      const id = await this.start({
        workflowId,
        agentId,
        retryOfRunId: runId,
        assisted,
        definition,
        input,
        ownerAgentId,
        runBudgetUsd: workflow?.settings.runBudgetUsd ?? null,
      });
      await this.store.copyResults(runId, id);
      return id;
    });
  }

  private async start({ ownerAgentId, runBudgetUsd = null, ...start }: Start): Promise<string> {
    const { definition, workflowId } = start;
    const tasks = await this.assignments.assign(ownerAgentId, definition);
    const id = newId();
    const agentIds = tasks.map(({ agentId }) => agentId);
    await this.assignments.admit({ runId: id, workflowId, definition, agentIds, runBudgetUsd });
    await this.store.create({ ...start, id, tasks });
    traceStart(id);
    return id;
  }
}
