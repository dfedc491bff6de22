import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { Definition, TaskDefinition } from '../../../workflows/domain/definition.js';
import type { RunStatus, TaskStatus } from '../../domain/status.js';
import { asPlanned } from '../../domain/task-plan.js';
import type { OwnDefinition } from '../../domain/run-state.js';
import { type StandingRun, StandingRuns, type StandingTask } from '../standing-runs.port.js';
import {
  standingRun,
  type StandingRunRow,
  type StandingTaskRow,
  standingTasks,
} from './standing-runs.sql.js';

@Injectable()
export class PostgresStandingRuns extends StandingRuns {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async find(runId: string): Promise<StandingRun | null> {
    const [run] = await this.work.query<StandingRunRow>(standingRun(runId));
    if (run === undefined) return null;
    const started = run.definition as Definition;
    const rows = await this.work.query<StandingTaskRow>(standingTasks(runId));
    const own = rows.map(({ definition }) => definition as OwnDefinition | null);
    const shown = rows.flatMap(({ is_beside }, position) => (is_beside ? [] : [position]));
    return {
      ...{ runId, workflowId: run.workflow_id, assisted: run.assisted, status: run.status as RunStatus },
      definition: {
        ...started,
        tasks: shown.map((position) =>
          asPlanned(own[position] ?? (started.tasks[position] as TaskDefinition)),
        ),
      },
      tasks: shown.map((position): StandingTask => {
        const { task_id: taskId, status, agent_id: agentId } = rows[position] as StandingTaskRow;
        return { taskId, status: status as TaskStatus, agentId };
      }),
    };
  }
}
