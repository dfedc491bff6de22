import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace';
import type { SpanIds } from '../../../common/tracing/trace-source.js';

/** Random ids, but for a root span whose ids others can work out. */
export class ChosenIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private chosen: SpanIds | null = null;

  /** What `start` starts, at once and without parent, has these ids. */
  choose<T>(ids: SpanIds, start: () => T): T {
    this.chosen = ids;
    try {
      return start();
    } finally {
      this.chosen = null;
    }
  }

  generateTraceId(): string {
    return this.chosen?.traceId ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.chosen?.spanId ?? this.random.generateSpanId();
  }
}
