import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { Effect } from '../../src/tasks/domain/effect.js';
import { TaskError } from '../../src/tasks/domain/task-error.js';
import { done, type ProbeAnswer, type TaskOutcome } from '../../src/tasks/domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../src/tasks/domain/task-type.js';
import { TaskType } from '../../src/tasks/task-type.decorator.js';

export interface Call {
  readonly runId: string;
  readonly taskId: string;
  readonly attempt: number;
  readonly key: string;
  readonly signal: AbortSignal;
}

interface GateState {
  readonly arrived: PromiseWithResolvers<Call>;
  readonly released: PromiseWithResolvers<unknown>;
}

/** What the handlers below were asked, and the gates they wait at. */
@Injectable()
export class Calls {
  readonly all: Call[] = [];
  private readonly gates = new Map<string, GateState>();

  add({ runId, taskId, attempt, idempotencyKey: key, signal }: TaskContext): Call {
    const call = { runId, taskId, attempt, key, signal };
    this.all.push(call);
    return call;
  }

  of(runId: string, taskId?: string): readonly Call[] {
    return this.all.filter((call) => call.runId === runId && (taskId ?? call.taskId) === call.taskId);
  }

  gate(name: string): GateState {
    const known = this.gates.get(name);
    if (known !== undefined) return known;
    const made = { arrived: Promise.withResolvers<Call>(), released: Promise.withResolvers<unknown>() };
    this.gates.set(name, made);
    return made;
  }
}

const common = { description: 'For tests.', result: z.unknown(), examples: [] };
const effect = z.enum(['none', 'idempotent', 'irreversible']).default('none');
type WithEffect = { readonly effect: Effect };

const noop = z.strictObject({ value: z.unknown().optional() });
@TaskType({ ...common, name: 'test.noop', parameters: noop, effects: () => 'none' })
class NoopTask implements TaskHandler<z.output<typeof noop>> {
  constructor(private readonly calls: Calls) {}
  execute({ value }: z.output<typeof noop>, context: TaskContext): Promise<TaskOutcome<unknown>> {
    this.calls.add(context);
    return Promise.resolve(done(value ?? null));
  }
}

const sleeping = z.strictObject({ ms: z.number() });
@TaskType({ ...common, name: 'test.sleep', parameters: sleeping, effects: () => 'none' })
class SleepTask implements TaskHandler<z.output<typeof sleeping>> {
  async execute({ ms }: z.output<typeof sleeping>, { signal }: TaskContext): Promise<TaskOutcome<unknown>> {
    await sleep(ms, undefined, { signal });
    return done({ ms });
  }
}

const failing = z.strictObject({
  times: z.number().default(1_000),
  retryable: z.boolean().default(true),
  happened: z.enum(['none', 'unknown']).default('none'),
  retryAfterSeconds: z.number().optional(),
  effect,
});
@TaskType({ ...common, name: 'test.fail', parameters: failing, effects: ({ effect }: WithEffect) => effect })
class FailTask implements TaskHandler<z.output<typeof failing>> {
  constructor(private readonly calls: Calls) {}
  async execute(
    { times, retryable, happened, retryAfterSeconds }: z.output<typeof failing>,
    context: TaskContext,
  ): Promise<TaskOutcome<unknown>> {
    this.calls.add(context);
    if (context.attempt > times) return done({ attempt: context.attempt });
    throw new TaskError({
      code: 'told_to_fail',
      class: 'transient',
      message: `Attempt ${context.attempt} fails.`,
      retryable,
      effect: happened,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
}

/** Waits at a gate; heeds its abort only when told so. Answers what the gate is released with. */
const gated = z.strictObject({ gate: z.string(), heeds: z.boolean().default(false), effect });
@TaskType({ ...common, name: 'test.gate', parameters: gated, effects: ({ effect }: WithEffect) => effect })
class GateTask implements TaskHandler<z.output<typeof gated>> {
  constructor(
    private readonly calls: Calls,
    private readonly work: UnitOfWork,
  ) {}
  async execute(
    { gate, heeds }: z.output<typeof gated>,
    context: TaskContext,
  ): Promise<TaskOutcome<unknown>> {
    const { arrived, released } = this.calls.gate(gate);
    // What a process that crashes now would leave behind.
    const [row] = await this.work.query<{ status: string }>({
      text: 'select status from tasks where id = $1',
      values: [context.idempotencyKey],
    });
    arrived.resolve(this.calls.add(context));
    const aborted = Promise.withResolvers<never>();
    aborted.promise.catch(() => undefined);
    if (heeds) context.signal.addEventListener('abort', () => aborted.reject(context.signal.reason as Error));
    return done({ answer: await Promise.race([released.promise, aborted.promise]), stored: row?.status });
  }
}

const THROWN: Readonly<Record<string, () => unknown>> = {
  text: () => 'just text',
  nothing: () => undefined,
  null: () => null,
  number: () => 42,
  unprintable: () =>
    new Proxy(
      {},
      {
        get() {
          throw new Error('no');
        },
      },
    ),
  nul: () => new Error('a\u0000b\ud800c'),
  badCode: () => new TaskError({ code: 'a\u0000', class: 'none' as never, message: 'x', retryable: false }),
  notANumber: () =>
    new TaskError({ code: 'x', class: 'transient', message: 'x', retryAfterSeconds: Number.NaN }),
  rejectsItself: () => Object.assign(new Error(), { message: Symbol('s') }),
};
const throwing = z.strictObject({ what: z.string(), synchronously: z.boolean().default(false) });
@TaskType({ ...common, name: 'test.throws', parameters: throwing, effects: () => 'none' })
class ThrowsTask implements TaskHandler<z.output<typeof throwing>> {
  execute({ what, synchronously }: z.output<typeof throwing>): Promise<TaskOutcome<unknown>> {
    const thrown = THROWN[what]?.();
    if (synchronously) throw thrown;
    return Promise.reject(thrown);
  }
}

function cycle(): object {
  const made: Record<string, unknown> = {};
  made['self'] = made;
  return made;
}
const UNSTORABLE: Readonly<Record<string, () => unknown>> = {
  nul: () => done({ text: 'a\u0000b' }),
  surrogate: () => done({ text: 'a\ud800b' }),
  huge: () => done('x'.repeat(9_000_000)),
  bigint: () => done({ n: 1n }),
  cycle: () => done(cycle()),
  function: () => done(() => 1),
  deep: () => done(JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)),
  noOutcome: () => ({ result: 1 }),
  nothing: () => undefined,
};
const unstorable = z.strictObject({ what: z.string() });
@TaskType({ ...common, name: 'test.unstorable', parameters: unstorable, effects: () => 'none' })
class UnstorableTask implements TaskHandler<z.output<typeof unstorable>> {
  execute({ what }: z.output<typeof unstorable>): Promise<TaskOutcome<unknown>> {
    return Promise.resolve(UNSTORABLE[what]?.() as TaskOutcome<unknown>);
  }
}

/** Answers `length` characters. */
const large = z.strictObject({ length: z.number() });
@TaskType({ ...common, name: 'test.large', parameters: large, effects: () => 'none' })
class LargeTask implements TaskHandler<z.output<typeof large>> {
  execute({ length }: z.output<typeof large>): Promise<TaskOutcome<unknown>> {
    return Promise.resolve(done({ text: 'x'.repeat(length), length }));
  }
}

const until = z.strictObject({ at: z.number() });
/** Waits until a time in milliseconds since the epoch, be it ever so odd. */
@TaskType({ ...common, name: 'test.until', parameters: until, effects: () => 'none' })
class UntilTask implements TaskHandler<z.output<typeof until>> {
  execute({ at }: z.output<typeof until>): Promise<TaskOutcome<unknown>> {
    return Promise.resolve({ kind: 'waitUntil', at: new Date(at), result: { waited: true } });
  }
}

const doubtful = z.strictObject({ found: z.enum(['done', 'notDone', 'unknown', 'throws']) });
/** Fails once with an effect in doubt, and is asked about it. */
@TaskType({ ...common, name: 'test.doubtful', parameters: doubtful, effects: () => 'irreversible' })
class DoubtfulTask implements TaskHandler<z.output<typeof doubtful>> {
  constructor(private readonly calls: Calls) {}
  execute(_parameters: object, context: TaskContext): Promise<TaskOutcome<unknown>> {
    this.calls.add(context);
    if (context.attempt > 1) return Promise.resolve(done('second'));
    throw new TaskError({ code: 'cut_off', class: 'transient', message: 'No answer.' });
  }
  probe({ found }: z.output<typeof doubtful>, context: TaskContext): Promise<ProbeAnswer<unknown>> {
    if (found === 'throws') throw new Error('The other side is away.');
    return Promise.resolve(found === 'done' ? done(`found ${context.idempotencyKey}`) : { kind: found });
  }
}

/** Task types that misbehave on request. */
@Module({
  providers: [
    Calls,
    NoopTask,
    SleepTask,
    FailTask,
    GateTask,
    ThrowsTask,
    UnstorableTask,
    LargeTask,
    UntilTask,
    DoubtfulTask,
  ],
  exports: [Calls],
})
export class ExecutionTypesModule {}
