import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import { TaskError } from '../domain/task-error.js';
import type { JobAnswer, SandboxJob } from './sandbox-job.js';
import { SandboxProcess } from './sandbox-process.js';

export const SANDBOX_TIMEOUT_MS = 5000;
const MAX_PROCESSES = Math.max(2, Math.min(4, availableParallelism()));

interface Waiter {
  readonly take: (process: SandboxProcess) => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * Runs what callers wrote (expressions, templates, schemas) away from the engine, with a time and a memory limit.
 * Processes and not worker threads: one large allocation in a worker thread aborts the whole process (measured on
 * Node 24 with JSONata's `$pad("x", 400000000)`). They start when first needed and are reused.
 */
@Injectable()
export class Sandbox implements OnApplicationShutdown {
  private readonly all = new Set<SandboxProcess>();
  private readonly idle: SandboxProcess[] = [];
  private readonly waiting = new Set<Waiter>();

  /** The value a job answered with. Refusals, limits and crashes are TaskErrors; an abort throws its reason. */
  async run<I, T>(
    job: SandboxJob<I, T>,
    input: I,
    limits: { readonly signal: AbortSignal; readonly timeoutMs?: number },
  ): Promise<T> {
    const process = await this.acquire(limits.signal);
    try {
      // It may have been aborted while a process was waited for; a listener added now would never hear of it.
      limits.signal.throwIfAborted();
      const request = { url: job.url, input };
      const json = await process.run(request, { timeoutMs: SANDBOX_TIMEOUT_MS, ...limits });
      const answer = JSON.parse(json) as JobAnswer<T>;
      if (answer.ok) return answer.value;
      throw new TaskError({
        code: answer.code,
        class: 'invalid_input',
        effect: 'none',
        message: answer.message,
      });
    } finally {
      this.release(process);
    }
  }

  /** Not earlier: until then the engine drains, and attempts that run may end. */
  onApplicationShutdown(): void {
    for (const waiter of this.waiting) waiter.refuse(new Error('The application is shutting down.'));
    this.waiting.clear();
    for (const process of this.all) process.kill();
    this.all.clear();
    this.idle.length = 0;
  }

  private async acquire(signal: AbortSignal): Promise<SandboxProcess> {
    signal.throwIfAborted();
    for (let process = this.idle.pop(); process !== undefined; process = this.idle.pop()) {
      if (process.isAlive) return process;
      this.all.delete(process);
    }
    return this.all.size < MAX_PROCESSES ? this.start() : this.queue(signal);
  }

  private start(): SandboxProcess {
    const process = new SandboxProcess();
    this.all.add(process);
    return process;
  }

  private queue(signal: AbortSignal): Promise<SandboxProcess> {
    return new Promise((take, refuse) => {
      const onAbort = (): void => waiter.refuse(signal.reason);
      const leave = (): void => {
        this.waiting.delete(waiter);
        signal.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        take: (process) => (leave(), take(process)),
        refuse: (reason) => (leave(), refuse(reason as Error)),
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.add(waiter);
    });
  }

  private release(process: SandboxProcess): void {
    const isUsable = process.isAlive && this.all.has(process);
    if (!isUsable) this.all.delete(process);
    const [next] = this.waiting;
    if (next !== undefined) next.take(isUsable ? process : this.start());
    else if (isUsable) this.idle.push(process);
  }
}
