import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../common/json.js';

/** A definition has at most this many tasks; more is `too_many_tasks`. */
export const MAX_TASKS = 10_000;
/** Slug of a task inside its definition. */
export const TASK_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,127}$/;
const MAX_TEXT_LENGTH = 4_000;
/** One year: the longest time limit. */
const MAX_TIMEOUT_SECONDS = 31_536_000;
/** About 31 years: the longest estimate, so that sums of estimates stay exact. */
const MAX_ESTIMATE_SECONDS = 1_000_000_000;
const MAX_ATTEMPTS = 100;
/** A task has at most this many alternatives. */
export const MAX_ALTERNATIVES = 10;

/** How often an attempt is repeated. The delay doubles from the initial to the maximum one. */
export interface RetryPolicy {
  /** All attempts together, the first included. */
  readonly maxAttempts: number;
  readonly initialDelaySeconds: number;
  readonly maxDelaySeconds: number;
}

/**
 * The task runs only if `value`, exactly one reference, compares as said; else it is `skipped` and its successors
 * see `null`. Exactly one of `equals`, `notEquals` and `in` is there (a literal `null` counts as there).
 */
export interface WhenCondition {
  readonly value: string;
  readonly equals?: JsonValue;
  readonly notEquals?: JsonValue;
  readonly in?: readonly JsonValue[];
}

/** What a handler is called with: a type and its parameters. */
export interface TaskWork {
  readonly taskType: string;
  /** May hold references, except in the parameters the type marks as literal. */
  readonly parameters: JsonObject;
}

/** One node of a definition, as the API takes it, with `parameters`, `dependencies` and retry delays filled in. */
export interface TaskDefinition extends TaskWork {
  readonly taskId: string;
  readonly description?: string;
  /** taskIds whose end this task waits for. */
  readonly dependencies: readonly string[];
  /** Executes the alternatives and the compensation too. Absent: routed among the owner's agents by capability. */
  readonly agentId?: string;
  readonly when?: WhenCondition;
  readonly estimatedDurationSeconds?: number;
  /** Time limit of each attempt. */
  readonly timeoutSeconds?: number;
  /** 0–9, 9 first; absent counts as 0. */
  readonly priority?: number;
  /** Its failure does not fail the run; its successors see `null`. */
  readonly optional?: boolean;
  readonly retry?: RetryPolicy;
  /** Other ways of doing it, tried in order when this one has failed for good. */
  readonly alternatives?: readonly TaskWork[];
  /** Undoes it: executed when the run fails after this task has succeeded. May refer to the task's own result. */
  readonly compensation?: TaskWork;
}

/** The task graph a workflow runs. */
export interface Definition {
  readonly tasks: readonly TaskDefinition[];
  /** JSON with references; absent: the results of the sinks by taskId. */
  readonly output?: JsonValue;
  /** Time limit of the whole run. */
  readonly timeoutSeconds?: number;
  /** JSON Schema the run's input must fit. */
  readonly inputSchema?: JsonObject;
}

const jsonValue = z.unknown() as unknown as z.ZodType<JsonValue>;
/** Kept as it came, not copied key by key: zod's record would drop a `__proto__` member silently. */
const jsonObject = z
  .unknown()
  .refine(isJsonObject, 'must be a JSON object')
  .meta({ type: 'object', additionalProperties: true }) as unknown as z.ZodType<JsonObject>;
const timeoutSeconds = z.number().positive().max(MAX_TIMEOUT_SECONDS);
const delaySeconds = z.number().min(0).max(MAX_TIMEOUT_SECONDS);

export const retryPolicySchema = z
  .strictObject({
    maxAttempts: z.int().min(1).max(MAX_ATTEMPTS),
    initialDelaySeconds: delaySeconds.default(1),
    maxDelaySeconds: delaySeconds.default(60),
  })
  .meta({ id: 'RetryPolicy' });

const OPERATORS = ['equals', 'notEquals', 'in'] as const;

export const whenConditionSchema = z
  .strictObject({
    value: z
      .string()
      .meta({ description: 'Exactly one reference.', examples: ['{{ tasks.check.result.valid }}'] }),
    equals: jsonValue.optional(),
    notEquals: jsonValue.optional(),
    in: z.array(jsonValue).optional(),
  })
  .refine((when) => OPERATORS.filter((operator) => Object.hasOwn(when, operator)).length === 1, {
    message: 'needs exactly one of equals, notEquals and in',
  })
  .meta({ id: 'WhenCondition' });

/** Fields of whatever has a type and parameters: a task, its alternatives, its compensation. */
export const workFields = {
  taskType: z
    .string()
    .min(1)
    .max(200)
    .meta({ examples: ['file.read'] }),
  parameters: jsonObject
    .default({})
    .meta({ description: 'As the task type says; values may hold references.' }),
};

const taskAlternativeSchema = z.strictObject(workFields).meta({
  id: 'TaskAlternative',
  description: 'Another way of doing a task. May refer to what the task may refer to.',
  example: { taskType: 'file.read', parameters: { path: 'prices-of-yesterday.json', parse: 'json' } },
}) satisfies z.ZodType<TaskWork>;

const taskCompensationSchema = z.strictObject(workFields).meta({
  id: 'TaskCompensation',
  description:
    'What undoes a task. May refer to what the task may refer to, and to the result of the task itself.',
  example: {
    taskType: 'http.request',
    parameters: {
      method: 'DELETE',
      url: 'https://example.com/reservations/{{ tasks.reserve.result.body.id }}',
    },
  },
}) satisfies z.ZodType<TaskWork>;

export const taskDefinitionSchema = z
  .strictObject({
    taskId: z
      .string()
      .regex(TASK_ID_PATTERN)
      .meta({ examples: ['read-lock'] }),
    taskType: workFields.taskType,
    description: z.string().max(MAX_TEXT_LENGTH).optional(),
    parameters: workFields.parameters,
    dependencies: z.array(z.string()).default([]).meta({ description: 'taskIds this task waits for.' }),
    agentId: z.uuid().optional().meta({
      description:
        'Executes the alternatives and the compensation too. Absent: the most capable agent of the owner.',
    }),
    when: whenConditionSchema.optional(),
    estimatedDurationSeconds: z.number().min(0).max(MAX_ESTIMATE_SECONDS).optional(),
    timeoutSeconds: timeoutSeconds.optional().meta({ description: 'Time limit of each attempt.' }),
    priority: z.int().min(0).max(9).optional().meta({ description: '9 first.' }),
    optional: z.boolean().optional().meta({ description: 'Its failure does not fail the run.' }),
    retry: retryPolicySchema.optional(),
    alternatives: z.array(taskAlternativeSchema).max(MAX_ALTERNATIVES).optional().meta({
      description: 'Other ways of doing it, tried in order when it has failed for good.',
    }),
    compensation: taskCompensationSchema.optional().meta({
      description: 'Executed when the run fails after this task has succeeded.',
    }),
  })
  .meta({ id: 'TaskDefinition' }) satisfies z.ZodType<TaskDefinition>;

const envelope = {
  output: jsonValue
    .optional()
    .meta({ description: 'JSON with references; absent: the results of the sinks.' }),
  timeoutSeconds: timeoutSeconds.optional().meta({ description: 'Time limit of the whole run.' }),
  inputSchema: jsonObject.optional().meta({ description: 'JSON Schema of the input of a run.' }),
};

/** Everything of a definition but its tasks, which are checked one by one. */
export const definitionEnvelopeSchema = z.strictObject({ tasks: z.unknown().optional(), ...envelope });

/** The wire shape, for documentation. `validateDefinition` is the check: it reports all issues, with their codes. */
export const definitionSchema = z
  .strictObject({ tasks: z.array(taskDefinitionSchema).min(1).max(MAX_TASKS), ...envelope })
  .meta({ id: 'Definition' }) satisfies z.ZodType<Definition>;
