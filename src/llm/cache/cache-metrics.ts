import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../common/metrics.js';
import type { CacheResult } from './cached-answer.js';

/** How often answers were at hand, for Prometheus. */
@Injectable()
export class CacheMetrics {
  private readonly results: Counter<'result'>;

  constructor(registry: MetricsRegistry) {
    this.results = new Counter({
      name: 'tandem_llm_cache_total',
      help: 'Questions to models by where their answer came from: memory (l1), database (l2), a question under way (flight), a model (miss).',
      labelNames: ['result'],
      registers: [registry],
    });
  }

  count(result: CacheResult): void {
    this.results.inc({ result });
  }
}
