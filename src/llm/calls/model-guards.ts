import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import {
  bulkhead,
  BulkheadRejectedError,
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type BulkheadPolicy,
} from 'cockatiel';
import { ModelError, type ModelFailureKind } from '../domain/model-failure.js';
import { NoAnswer } from './no-answer.js';

/** Failures of the provider rather than of the request. */
const COUNTED: ReadonlySet<ModelFailureKind> = new Set([
  'rate_limited',
  'overloaded',
  'server_error',
  'connection',
  'timeout',
  'unauthorized',
  'not_found',
  'unreadable',
]);
const OPENS_AFTER = 8;
const HALF_OPEN_AFTER_MS = 10_000;
const MAX_CALLS = 256;
const MAX_WAITING = 4_096;
const MAX_MODELS = 1_000;

interface Guard {
  readonly breaker: CircuitBreakerPolicy;
  readonly bulkhead: BulkheadPolicy;
}

export type BreakerState = 'closed' | 'open' | 'half_open';

/**
 * A breaker and a bulkhead for each model, in this process: eight failures of the provider in a row, and it is not asked
 * for ten seconds; then one call tries it.
 */
@Injectable()
export class ModelGuards {
  /** An agent may name any model of a server that has one price for all. */
  private readonly guards = new LRUCache<string, Guard>({ max: MAX_MODELS });

  /** Runs one attempt, unless the breaker is open or too many are under way: `NoAnswer`. */
  async execute<T>(model: string, attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { breaker, bulkhead: gate } = this.guardOf(model);
    const turn = untilStarted(attempt, signal);
    try {
      return await Promise.race([gate.execute(() => breaker.execute(turn.start), signal), turn.over]);
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw new NoAnswer(
          'provider_unavailable',
          `${model} failed repeatedly and is not asked for some seconds.`,
        );
      if (error instanceof BulkheadRejectedError)
        throw new NoAnswer(
          'provider_unavailable',
          `Too many calls of ${model} are under way in this process.`,
        );
      throw error;
    } finally {
      turn.stop();
    }
  }

  /** Of the models that have been asked. */
  states(provider: string): { readonly model: string; readonly breaker: BreakerState }[] {
    const prefix = `${provider}:`;
    return [...this.guards]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, { breaker }]) => ({ model: name.slice(prefix.length), breaker: stateOf(breaker) }));
  }

  private guardOf(model: string): Guard {
    const known = this.guards.get(model);
    if (known !== undefined) return known;
    const guard: Guard = {
      breaker: circuitBreaker(
        handleWhen((error) => error instanceof ModelError && COUNTED.has(error.kind)),
        { halfOpenAfter: HALF_OPEN_AFTER_MS, breaker: new ConsecutiveBreaker(OPENS_AFTER) },
      ),
      bulkhead: bulkhead(MAX_CALLS, MAX_WAITING),
    };
    this.guards.set(model, guard);
    return guard;
  }
}

/** Whoever waits for a turn heeds the signal here; an attempt under way does so itself, and books how it ended. */
function untilStarted<T>(attempt: () => Promise<T>, signal: AbortSignal) {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  const stop = (): void => signal.removeEventListener('abort', onAbort);
  signal.addEventListener('abort', onAbort, { once: true });
  const start = (): Promise<T> => {
    stop();
    signal.throwIfAborted();
    return attempt();
  };
  return { over, start, stop };
}

function stateOf({ state }: CircuitBreakerPolicy): BreakerState {
  if (state === CircuitState.Closed) return 'closed';
  return state === CircuitState.HalfOpen ? 'half_open' : 'open';
}
