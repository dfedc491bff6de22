import type { AttemptServices } from './attempt-services.js';
import type { EngineResources } from './engine-resources.js';

/** The engine as the executor of a run sees it. */
export interface EngineContext extends Pick<EngineResources, 'store' | 'checkpointer' | 'slots' | 'traces'> {
  readonly services: Pick<
    AttemptServices,
    'taskTypes' | 'children' | 'permits' | 'advisor' | 'adaptationAdvisor' | 'onBudgetExhausted'
  >;
  /** Reads the signals of runs this process owns now and feeds them. */
  readInbox(runIds: readonly string[]): Promise<void>;
  report(message: string): void;
}
