import { z } from 'zod';
import { listQuerySchema } from '../common/cursor.js';
import { queryNumber } from '../common/query-number.js';
import { SAMPLE_AGENT_ID } from '../agents/agents.schemas.js';
import { EFFECTS } from '../tasks/domain/effect.js';
import { ERROR_CLASSES } from '../tasks/domain/task-error.js';
import { retryPolicySchema } from '../workflows/domain/definition.js';
import { RUN_EVENT_TYPES } from './domain/run-event.js';
import { RESULT_SOURCES } from './domain/run-state.js';
import { RUN_STATUSES, TASK_STATUSES, WAITING_FOR } from './domain/status.js';

const RUN_ID = '01920000-0000-7000-8000-0000000000a1';
const TASK_UUID = '01920000-0000-7000-8000-0000000000b1';

const id = z.uuid();
const time = z.iso.datetime().meta({ example: '2026-11-22T12:00:00.000Z' });
const json = z.unknown();

const taskErrorSchema = z
  .object({
    code: z.string().meta({ example: 'http_status_503' }),
    class: z.enum(ERROR_CLASSES),
    message: z.string(),
    retryable: z.boolean(),
    effect: z.enum(['none', 'unknown']).meta({ description: 'Whether the attempt may have had its effect.' }),
  })
  .meta({ id: 'TaskError', description: 'Why an attempt failed.' });

export const taskSchema = z
  .object({
    id: id.meta({ description: 'UUID: what the task routes take.', example: TASK_UUID }),
    runId: id.meta({ example: RUN_ID }),
    taskId: z.string().meta({ description: 'Slug in the definition.', example: 'by-licence' }),
    taskType: z.string().meta({ example: 'data.aggregate' }),
    agentId: id.nullable(),
    parentTaskId: id.nullable(),
    status: z.enum(TASK_STATUSES),
    waitingFor: z.enum(WAITING_FOR).nullable(),
    wait: json.meta({ description: 'What a person is asked; null unless `waitingFor` is `person`.' }),
    childRunId: id.nullable().meta({ description: 'The run its latest attempt started.' }),
    wakeAt: time.nullable().meta({ description: 'When a timer or the next attempt is due.' }),
    attempt: z.int(),
    alternative: z.int().meta({
      description: '0: as the task says; n: the n-th of its `alternatives`, the latest that was tried.',
    }),
    parameters: json.meta({ description: 'As in the definition, references unresolved.' }),
    effect: z.enum(EFFECTS).nullable(),
    result: json.meta({ description: 'null over 32 kB: see `resultUrl`.' }),
    resultUrl: z.string().nullable().meta({ description: 'Where a result over 32 kB is.' }),
    error: taskErrorSchema.nullable(),
    source: z.enum(RESULT_SOURCES).nullable().meta({ description: 'Where the result came from.' }),
    costUsd: z.string().meta({ example: '0.000000000' }),
    readyAt: time.nullable(),
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .meta({ id: 'Task', description: 'One node of a run.' });
export type TaskView = z.output<typeof taskSchema>;

const recoverySchema = z
  .object({
    taskId: z.string().meta({ description: 'Slug of the task.', example: 'check' }),
    attempt: z.int().meta({ description: 'The attempt that failed.' }),
    at: time,
    action: z.string().meta({ description: 'What was proposed; `applied` says what was done.' }),
    scenario: z.string().nullable().meta({
      description: '`error_recovery`, or `delegation_error` where an agent it was given to failed as well.',
    }),
    delaySeconds: z.number().meta({ description: 'Before the next attempt.' }),
    parameters: z
      .record(z.string(), z.unknown())
      .meta({ description: 'New values by name; empty: as it was.' }),
    toAgentId: z.string().nullable().meta({ description: 'Of `delegate`.' }),
    source: z.string().meta({ description: '`model`, `cache`, `rule`, `twin` or `rules`.', example: 'twin' }),
    reason: z.string(),
    error: z.object({ code: z.string(), class: z.string(), message: z.string() }).nullable(),
    checks: z
      .array(z.object({ check: z.string(), passed: z.boolean(), detail: z.string() }))
      .meta({ description: 'What the gate looked at.' }),
    byRules: z.string().nullable().meta({ description: 'What rules alone would have done.' }),
    refused: z
      .array(z.object({ code: z.string(), pointer: z.string(), message: z.string() }))
      .meta({ description: 'What was wrong with an earlier answer of the model.' }),
    interactionId: z.string().nullable(),
    costUsd: z.string().meta({ example: '0.000000000' }),
    applied: z
      .array(
        z.object({
          action: z.string(),
          source: z.string().meta({ description: 'As above, or `person`.' }),
          by: z.string().nullable().meta({ description: 'The person.' }),
          comment: z.string().nullable(),
          at: time,
        }),
      )
      .meta({
        description:
          'What was done: as proposed, then what a person who was asked decided. Empty: not yet, or it was refused.',
      }),
  })
  .meta({ id: 'Recovery', description: 'What was done about a failed attempt, by whom, and what it cost.' });
export type RecoveryView = z.output<typeof recoverySchema>;

export const runSchema = z
  .object({
    id: id.meta({ example: RUN_ID }),
    workflowId: id.nullable().meta({ description: 'null for a task given to an agent.' }),
    retryOfRunId: id.nullable(),
    parentRunId: id.nullable().meta({ description: 'The run that waits for this one (`workflow.run`).' }),
    assisted: z.boolean().meta({ description: 'Whether a model may help where the gate allows it.' }),
    status: z.enum(RUN_STATUSES),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it ended as it did: `task_failed`, `timed_out`, …' }),
    input: json,
    output: json.meta({ description: 'In lists null over 32 kB.' }),
    tasksByStatus: z.record(z.string(), z.int()).meta({ example: { succeeded: 3, running: 1 } }),
    costUsd: z.string().meta({ example: '0.000000000' }),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    recoveries: z.array(recoverySchema).optional().meta({
      description: 'Failed attempts somebody was asked about, oldest first; not in lists.',
    }),
    task: taskSchema.optional().meta({ description: 'The task, when the run was started from an agent.' }),
  })
  .meta({ id: 'Run', description: 'One execution of a definition with an input.' });
export type RunView = z.output<typeof runSchema>;

const page = <T extends z.ZodType>(
  items: T,
  name: string,
): z.ZodObject<{ items: z.ZodArray<T>; nextCursor: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(items), nextCursor: z.string().nullable() }).meta({ id: name });

export const runPageSchema = page(runSchema, 'RunPage');
export const taskPageSchema = page(taskSchema, 'TaskPage');

export const eventSchema = z
  .object({
    sequence: z.int(),
    runId: id,
    type: z.enum(RUN_EVENT_TYPES),
    taskId: z.string().optional(),
    at: time,
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RunEvent', description: 'One fact about a run, numbered 1..n without gaps.' });
export type EventView = z.output<typeof eventSchema>;

export const resultSchema = z
  .object({ id, taskId: z.string(), result: json })
  .meta({ id: 'TaskResult', description: 'The full result of a task.' });

const wait = queryNumber((number) => number.min(0).max(60))
  .prefault(0)
  .meta({
    description: 'Seconds to wait for the end: 200 with the final state when it comes in time.',
    example: 10,
  });

export const waitQuerySchema = z.strictObject({ wait });
export type WaitQuery = z.output<typeof waitQuerySchema>;

export const startRunSchema = z
  .strictObject({ input: json.optional().meta({ description: 'What `{{ run.input… }}` refers to.' }) })
  .default({})
  .meta({ id: 'StartRun', description: 'A run of a workflow.', example: { input: {} } });
export type StartRun = z.output<typeof startRunSchema>;

/** Of actions that take nothing: a field sent all the same is refused. */
export const nothingSchema = z.strictObject({}).default({}).meta({ id: 'Nothing', example: {} });

export const startTaskSchema = z
  .strictObject({
    taskType: z.string().min(1).max(200),
    description: z.string().max(4_000).optional(),
    parameters: z.record(z.string(), z.unknown()).default({}),
    timeoutSeconds: z.number().positive().max(31_536_000).optional().meta({ description: 'Per attempt.' }),
    retry: retryPolicySchema.optional(),
    priority: z.int().min(0).max(9).optional(),
  })
  .meta({
    id: 'StartTask',
    description: 'One task for an agent.',
    example: {
      taskType: 'text.render',
      parameters: { template: 'Hello {{ name }}!', data: { name: 'world' } },
    },
  });
export type StartTask = z.output<typeof startTaskSchema>;

export const decisionSchema = z
  .strictObject({
    by: z.string().min(1).max(200).optional().meta({ description: 'Who decides; default: the caller.' }),
    comment: z.string().max(4_000).optional(),
  })
  .default({})
  .meta({
    id: 'Decision',
    description: 'A decision on an approval.',
    example: { by: 'ada', comment: 'Looks fine.' },
  });
export type Decision = z.output<typeof decisionSchema>;

const createdAfter = z.iso.datetime({ offset: true }).optional();

export const listRunsQuerySchema = listQuerySchema.extend({
  status: z.enum(RUN_STATUSES).optional(),
  workflowId: id.optional(),
  createdAfter,
});
export type ListRunsQuery = z.output<typeof listRunsQuerySchema>;

export const listTasksQuerySchema = listQuerySchema.extend({
  status: z.enum(TASK_STATUSES).optional(),
  waitingFor: z.enum(WAITING_FOR).optional(),
  runId: id.optional(),
  agentId: id.optional().meta({ example: SAMPLE_AGENT_ID }),
  taskType: z.string().optional(),
});
export type ListTasksQuery = z.output<typeof listTasksQuerySchema>;

export const listRunTasksQuerySchema = listQuerySchema.extend({ status: z.enum(TASK_STATUSES).optional() });
export type ListRunTasksQuery = z.output<typeof listRunTasksQuerySchema>;

/** What the column of event numbers holds. */
const MAX_EVENT_NUMBER = 2_147_483_647;

/** The number of an event of some run, or 0. Any larger one is no event's; a run need not have come that far. */
export const eventNumber = queryNumber((number) =>
  number
    .int()
    .min(0)
    .check(({ value, issues }) => {
      if (value <= MAX_EVENT_NUMBER || !Number.isSafeInteger(value)) return;
      issues.push({
        code: 'too_big',
        origin: 'number',
        maximum: MAX_EVENT_NUMBER,
        inclusive: true,
        input: value,
      });
    }),
);

export const eventsQuerySchema = z.strictObject({
  after: eventNumber.optional().meta({ description: 'Number of the last event you have.' }),
});
export type EventsQuery = z.output<typeof eventsQuerySchema>;
