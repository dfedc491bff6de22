import type { Definition } from '../../workflows/domain/definition.js';
import type { RunInput } from '../domain/run-input.js';
import type { RunState } from '../domain/run-state.js';
import type { RunResults } from './run-results.js';
import type { RunScope } from './run-scope.js';

/** The run whose attempts these are, as its executor shows it. */
export interface AttemptHost {
  readonly runId: string;
  readonly workflowId: string | null;
  readonly epoch: string;
  readonly assisted: boolean;
  /** How many runs wait above it. */
  readonly nesting: number;
  readonly definition: Definition;
  readonly results: RunResults;
  readonly scope: RunScope;
  readonly state: RunState;
  readonly hasDeparted: boolean;
  feed(input: RunInput): void;
  /** Resolves when every step so far is stored; false when the run is no longer ours. */
  stepsStored(): Promise<boolean>;
}
