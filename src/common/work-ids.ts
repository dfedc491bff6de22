import { AsyncLocalStorage } from 'node:async_hooks';

/** What is being worked on, as every line of the log says it. */
export interface WorkIds {
  readonly requestId?: string;
  readonly runId?: string;
  /** UUID of the task. */
  readonly taskId?: string;
  /** null: the task has no agent. */
  readonly agentId?: string | null;
}

// One for the process: what follows from a request or an attempt stays within its application anyhow.
const storage = new AsyncLocalStorage<WorkIds>();

/** undefined: nothing of this kind. */
export const currentWork = (): WorkIds | undefined => storage.getStore();

/** Calls `work`; whatever it does and starts is done for these ids. */
export const workOn = <T>(ids: WorkIds, work: () => T): T => storage.run(ids, work);

/** Calls `work`, which is for many: what it does is nobody's in particular. */
export const workForAll = <T>(work: () => T): T => storage.exit(work);
