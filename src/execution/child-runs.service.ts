import { Injectable } from '@nestjs/common';
import { isDatabaseAway } from '../common/database-away.js';
import { newId } from '../common/ids.js';
import { TandemError } from '../common/tandem-error.js';
import { type ErrorClass, TaskError, toFailure } from '../tasks/domain/task-error.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import { MAX_NESTING, type NewChildRun } from './domain/child-run.js';
import { RunAssignments } from './run-assignments.service.js';
import { RunInputs } from './run-inputs.service.js';

const CLASS_OF: Readonly<Partial<Record<TandemError['kind'], ErrorClass>>> = {
  not_found: 'not_found',
  conflict: 'conflict',
  invalid: 'invalid_input',
};

/** What stands in the way of a start, as the failure of the task that asked for it; not a database that is away. */
function toTaskError(error: unknown): unknown {
  if (isDatabaseAway(error)) return error;
  if (!(error instanceof TandemError)) {
    const { code, class: errorClass, message } = toFailure(error);
    return new TaskError({ code, class: errorClass, message, effect: 'none', cause: error });
  }
  const { kind, code, message, issues = [] } = error;
  const errorClass = CLASS_OF[kind] ?? 'unexpected';
  const all = [message, ...issues.map((issue) => `${issue.pointer}: ${issue.message}`)].join(' ');
  return new TaskError({ code, class: errorClass, message: all, effect: 'none', cause: error });
}

/** Makes ready what a `workflow.run` starts; the run itself is written in the checkpoint of its parent. */
@Injectable()
export class ChildRuns {
  constructor(
    private readonly workflows: WorkflowsService,
    private readonly inputs: RunInputs,
    private readonly assignments: RunAssignments,
  ) {}

  /** Fails as `nesting_too_deep`, or as a start by hand would. */
  async prepare(asked: Omit<NewChildRun, 'id' | 'definition' | 'tasks'>): Promise<NewChildRun> {
    const { workflowId, input, nesting } = asked;
    if (nesting > MAX_NESTING) {
      throw new TaskError({
        code: 'nesting_too_deep',
        class: 'permanent',
        message: `Runs wait for runs ${MAX_NESTING} levels deep at most. Does workflow ${workflowId} run itself?`,
        effect: 'none',
      });
    }
    try {
      const { workflow, definition } = await this.workflows.getStartable(workflowId);
      if (definition.inputSchema !== undefined) await this.inputs.check(definition.inputSchema, input);
      const tasks = await this.assignments.assign(workflow.ownerAgentId, definition);
      return { ...asked, id: newId(), definition, tasks };
    } catch (error) {
      throw toTaskError(error);
    }
  }
}
