import { fork, type ChildProcess } from 'node:child_process';
import { TaskError } from '../domain/task-error.js';
import { siblingModule } from './sandbox-job.js';

export interface JobRequest {
  readonly url: string;
  readonly input: unknown;
}

export type ChildMessage =
  | { readonly kind: 'started' }
  | { readonly kind: 'answered'; readonly json: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface JobLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const MEMORY_MB = 128;
const ENTRY = siblingModule(import.meta.url, 'sandbox.child');

/** One child process. It performs one job at a time and is killed, not mended, when a job does not end. */
export class SandboxProcess {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(ENTRY, {
      // Callers' code sees no secrets and cannot write, start processes or load native code.
      env: { TZ: 'UTC' },
      execArgv: [`--max-old-space-size=${MEMORY_MB}`, '--permission', '--allow-fs-read=*', '--allow-worker'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('error', () => this.kill());
    this.rest();
  }

  get isAlive(): boolean {
    return this.child.connected && this.child.exitCode === null && !this.child.killed;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** The JSON a job answered with. The time limit counts from when the job's module is loaded. */
  run(request: JobRequest, { timeoutMs, signal }: JobLimits): Promise<string> {
    this.work();
    return new Promise<string>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.child.off('message', onMessage).off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        this.rest();
        finish();
      };
      const killAndReject = (reason: unknown): void => {
        this.kill();
        settle(() => reject(reason));
      };
      const onAbort = (): void => killAndReject(signal.reason);
      const onExit = (code: number | null, exitSignal: string | null): void =>
        settle(() => reject(diedError(code, exitSignal)));
      const onMessage = (message: ChildMessage): void => {
        if (message.kind === 'started') {
          timer = setTimeout(() => killAndReject(timeLimitError(timeoutMs)), timeoutMs);
        } else if (message.kind === 'answered') {
          settle(() => resolve(message.json));
        } else {
          settle(() => reject(new Error(message.message)));
        }
      };
      this.child.on('message', onMessage).on('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      this.child.send(request, (error) => {
        if (error !== null) killAndReject(diedError(null, null));
      });
    });
  }

  /** While idle it must not keep the application alive. */
  private rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  private work(): void {
    this.child.ref();
    this.child.channel?.ref();
  }
}

function timeLimitError(timeoutMs: number): TaskError {
  return new TaskError({
    code: 'time_limit_exceeded',
    class: 'timeout',
    // The same input would take as long again.
    retryable: false,
    effect: 'none',
    message: `The evaluation did not end within ${timeoutMs / 1000} s and was stopped. Simplify it or give it less data.`,
  });
}

function diedError(code: number | null, signal: string | null): TaskError {
  // V8 aborts the process when its heap limit is reached.
  if (signal === 'SIGABRT' || code === 134) {
    return new TaskError({
      code: 'memory_limit_exceeded',
      class: 'resource',
      effect: 'none',
      message: `The evaluation needed more than ${MEMORY_MB} MB of memory and was stopped. Give it less data.`,
    });
  }
  return new TaskError({
    code: 'sandbox_ended',
    class: 'transient',
    effect: 'none',
    message: `The evaluation process ended early (${signal ?? `exit code ${String(code)}`}).`,
  });
}
