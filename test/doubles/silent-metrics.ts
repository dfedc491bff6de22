import { MetricsRegistry } from '../../src/common/metrics.js';
import { EngineMetrics } from '../../src/execution/engine/engine-metrics.js';

/** Metrics that nobody reads. */
export const silentMetrics = (): EngineMetrics => new EngineMetrics(new MetricsRegistry());
