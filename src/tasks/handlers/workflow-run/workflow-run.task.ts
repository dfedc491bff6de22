import { z } from 'zod';
import type { JsonValue } from '../../../common/json.js';
import type { TaskOutcome } from '../../domain/task-outcome.js';
import type { TaskHandler } from '../../domain/task-type.js';
import { TaskType } from '../../task-type.decorator.js';

const parameters = z.strictObject({
  workflowId: z.uuid().meta({
    description: 'The workflow to run, with its definition as it is then.',
    example: '01920000-0000-7000-8000-000000000002',
  }),
  input: z.unknown().optional().meta({ description: 'Input of that run; may hold references.' }),
});

const result = z.strictObject({
  runId: z.uuid().meta({ description: 'The child run.' }),
  status: z.literal('succeeded').meta({ description: 'Any other end of the child run fails the task.' }),
  output: z.unknown().meta({ description: 'Output of the child run.' }),
});

@TaskType({
  name: 'workflow.run',
  description:
    'Runs a workflow and waits for its end. Waiting holds no worker and survives restarts; `timeoutSeconds` of the task ' +
    'limits it. Cancel and time limits reach the child run. Eight levels deep at most.',
  parameters,
  result,
  effects: () => 'idempotent',
  examples: [
    {
      title: 'Run the sample',
      parameters: { workflowId: '01920000-0000-7000-8000-000000000002', input: {} },
    },
  ],
})
export class WorkflowRunTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  execute({ workflowId, input }: z.output<typeof parameters>): Promise<TaskOutcome<z.output<typeof result>>> {
    return Promise.resolve({ kind: 'childRun', workflowId, input: (input ?? null) as JsonValue });
  }
}
