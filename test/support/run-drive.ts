import { advanceRun } from '../../src/execution/domain/advance-run.js';
import type { RunInput } from '../../src/execution/domain/run-input.js';
import type { Command, RunState, Step } from '../../src/execution/domain/run-state.js';
import type { Effect } from '../../src/tasks/domain/effect.js';
import type { TaskDefinition } from '../../src/workflows/domain/definition.js';
import { aFailure, aRunState } from '../factories/run.factory.js';

/** 2027-01-15T08:00:00Z */
export const T0 = 1_800_000_000_000;

/** Drives one run input by input at a clock that stands still until it is moved. */
export class Drive {
  now = T0;
  last: Step | null = null;
  readonly events: string[] = [];

  constructor(public state: RunState) {}

  static of(tasks: readonly TaskDefinition[], overrides: Parameters<typeof aRunState>[1] = {}): Drive {
    return new Drive(aRunState(tasks, overrides));
  }

  feed(input: RunInput): this {
    const step = advanceRun(this.state, input, this.now);
    this.last = step;
    this.state = step.state;
    for (const { type, taskId } of step.events)
      this.events.push(taskId === undefined ? type : `${type} ${taskId}`);
    return this;
  }

  claim(how: 'started' | 'resumed' | 'taken-over' = 'started'): this {
    return this.feed({ kind: 'claimed', how });
  }

  start(task = 0, effect: Effect = 'none'): this {
    return this.feed({ kind: 'attemptStarted', task, effect });
  }

  succeed(task = 0, json = '{}'): this {
    return this.feed({ kind: 'attemptSucceeded', task, attempt: this.task(task).attempt, result: { json } });
  }

  fail(task = 0, failure = aFailure()): this {
    return this.feed({ kind: 'attemptFailed', task, attempt: this.task(task).attempt, failure });
  }

  wait(waitingFor: 'timer' | 'person', wakeAt: number | null, task = 0): this {
    const { attempt } = this.task(task);
    return this.feed({ kind: 'attemptWaits', task, attempt, waitingFor, wakeAt, wait: { result: { n: 7 } } });
  }

  run(task = 0): this {
    return this.start(task).succeed(task);
  }

  at(ms: number): this {
    this.now = T0 + ms;
    return this;
  }

  task(index = 0) {
    return this.state.tasks.get(index);
  }

  get statuses(): string {
    return [...this.state.tasks.entries()].map(([, { status }]) => status).join(' ');
  }

  get commands(): readonly Command[] {
    return this.last?.commands ?? [];
  }
}

export const cancel: RunInput = { kind: 'signal', signal: { kind: 'cancel', by: 'ada' } };
export const approve = (task = 0): RunInput => ({
  kind: 'signal',
  signal: { kind: 'approve', task, by: 'ada', comment: 'fine' },
});
export const reject = (task = 0, comment: string | null = 'too late'): RunInput => ({
  kind: 'signal',
  signal: { kind: 'reject', task, by: 'bob', comment },
});
export const resolve = (outcome: 'succeeded' | 'failed' | 'retry', task = 0): RunInput => ({
  kind: 'signal',
  signal: {
    ...{ kind: 'resolve', task, by: 'ada', outcome, comment: 'looked' },
    result: outcome === 'succeeded' ? { json: '{"looked":true}' } : null,
  },
});
/** A signal about a task that says no more than that. */
export const asked = (kind: 'cancelTask' | 'retryTask', task = 0): RunInput => ({
  kind: 'signal',
  signal: { kind, task, by: 'ada' },
});
export const pause: RunInput = { kind: 'signal', signal: { kind: 'pause', by: 'ada' } };
export const resume: RunInput = { kind: 'signal', signal: { kind: 'resume', by: 'ada' } };

/** Whether the last signal was refused. */
export const refused = (drive: Drive): boolean => drive.last?.events.at(-1)?.type === 'signal.refused';
