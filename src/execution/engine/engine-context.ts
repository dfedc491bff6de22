import type { EngineResources } from './engine-resources.js';

/** The engine as the executor of a run sees it. */
export interface EngineContext extends EngineResources {
  /** Reads the signals of runs this process owns now and feeds them. */
  readInbox(runIds: readonly string[]): Promise<void>;
  report(message: string): void;
}
