import type { EngineResources } from './engine-resources.js';
import type { RunExecutor } from './run-executor.js';

/** The engine as the executor of a run sees it. */
export interface EngineContext extends EngineResources {
  /** Reads the signals of runs now and feeds them. */
  readInbox(executors: readonly RunExecutor[]): Promise<void>;
  report(message: string): void;
}
