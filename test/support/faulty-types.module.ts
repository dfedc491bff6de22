import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import type { Effect } from '../../src/tasks/domain/effect.js';
import { ERROR_CLASSES, TaskError } from '../../src/tasks/domain/task-error.js';
import { done, type TaskOutcome } from '../../src/tasks/domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../src/tasks/domain/task-type.js';
import { TaskType } from '../../src/tasks/task-type.decorator.js';

/** What has happened to the world outside, by run. */
@Injectable()
export class FaultyWorld {
  readonly cleared = new Set<string>();
  /** Attempts, in their order: `runId/taskId`. */
  readonly attempts: string[] = [];
}

const common = { description: 'For tests.', result: z.unknown(), examples: [] };

/** What helps against a fault. */
const CURES = ['time', 'parameters', 'agent', 'clearing', 'nothing'] as const;

const step = z.strictObject({
  message: z.string().default('Something odd happened.'),
  class: z.enum(ERROR_CLASSES).default('unexpected'),
  retryable: z.boolean().default(false),
  cure: z.enum(CURES).default('nothing'),
  /** Of the cure `time`: attempts that fail. */
  times: z.int().default(1),
  /** Of the cure `agent`. */
  goodAgentId: z.string().optional(),
  /** Of the cure `parameters`: 5 or more helps. */
  seconds: z.number().min(0).max(60).default(1).meta({ adjustable: true }),
  url: z.string().default('https://service.example/').meta({ adjustable: true }),
  effect: z.enum(['none', 'idempotent', 'irreversible']).default('none'),
});
type Step = z.output<typeof step>;

@TaskType({
  ...{ ...common, name: 'ops.step', parameters: step },
  effects: ({ effect }: { readonly effect: Effect }) => effect,
})
class StepTask implements TaskHandler<Step> {
  constructor(private readonly world: FaultyWorld) {}

  async execute(given: Step, context: TaskContext): Promise<TaskOutcome<unknown>> {
    this.world.attempts.push(`${context.runId}/${context.taskId}`);
    if (this.isCured(given, context)) return done({ attempt: context.attempt, seconds: given.seconds });
    const { message, class: errorClass, retryable } = given;
    throw new TaskError({ code: 'step_failed', class: errorClass, message, retryable, effect: 'none' });
  }

  private isCured(
    { cure, times, goodAgentId, seconds }: Step,
    { attempt, agentId, runId }: TaskContext,
  ): boolean {
    return {
      time: attempt > times,
      parameters: seconds >= 5,
      agent: agentId === goodAgentId,
      clearing: this.world.cleared.has(runId),
      nothing: false,
    }[cure];
  }
}

@TaskType({ ...common, name: 'ops.clear', parameters: z.strictObject({}), effects: () => 'idempotent' })
class ClearTask implements TaskHandler<object> {
  constructor(private readonly world: FaultyWorld) {}

  execute(_given: object, { runId }: TaskContext): Promise<TaskOutcome<unknown>> {
    this.world.cleared.add(runId);
    return Promise.resolve(done('cleared'));
  }
}

/** Task types that fail in a way that one thing helps against. */
@Module({ providers: [FaultyWorld, StepTask, ClearTask], exports: [FaultyWorld] })
export class FaultyTypesModule {}
