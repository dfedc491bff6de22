import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { MetricsRegistry } from '../../common/metrics.js';

/** What the engine of this process counts. */
@Injectable()
export class EngineMetrics {
  readonly runsEnded: Counter<'status'>;
  readonly tasksEnded: Counter<'status'>;
  readonly checkpointSeconds: Histogram;
  readonly ownedRuns: Gauge;
  readonly busyTaskSlots: Gauge;

  constructor(registry: MetricsRegistry) {
    const registers = [registry];
    this.runsEnded = new Counter({
      name: 'tandem_runs_ended_total',
      help: 'Runs that ended here.',
      labelNames: ['status'],
      registers,
    });
    this.tasksEnded = new Counter({
      name: 'tandem_tasks_ended_total',
      help: 'Tasks that ended here.',
      labelNames: ['status'],
      registers,
    });
    this.checkpointSeconds = new Histogram({
      name: 'tandem_checkpoint_seconds',
      help: 'Duration of checkpoint statements.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    });
    this.ownedRuns = new Gauge({
      name: 'tandem_owned_runs',
      help: 'Runs this process executes now.',
      registers,
    });
    this.busyTaskSlots = new Gauge({
      name: 'tandem_busy_task_slots',
      help: 'Attempts this process executes now.',
      registers,
    });
  }
}
