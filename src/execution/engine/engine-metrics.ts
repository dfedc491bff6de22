import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { MetricsRegistry } from '../../common/metrics.js';

const CHECKPOINT_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** What the engine of this process does, for Prometheus. */
@Injectable()
export class EngineMetrics {
  private readonly runsEnded: Counter<'status'>;
  private readonly tasksEnded: Counter<'status'>;
  private readonly checkpoints: Histogram;

  constructor(private readonly registry: MetricsRegistry) {
    const labelNames = ['status'] as const;
    const registers = [registry];
    this.runsEnded = new Counter({
      name: 'tandem_runs_ended_total',
      help: 'Runs that ended in this process.',
      labelNames,
      registers,
    });
    this.tasksEnded = new Counter({
      name: 'tandem_tasks_ended_total',
      help: 'Tasks that ended in this process.',
      labelNames,
      registers,
    });
    this.checkpoints = new Histogram({
      name: 'tandem_checkpoint_seconds',
      help: 'Duration of checkpoint statements.',
      buckets: CHECKPOINT_BUCKETS_SECONDS,
      registers,
    });
  }

  runEnded(status: string): void {
    this.runsEnded.inc({ status });
  }

  taskEnded(status: string): void {
    this.tasksEnded.inc({ status });
  }

  /** Call what it answers when the statement has ended. */
  timeCheckpoint(): () => void {
    return this.checkpoints.startTimer();
  }

  /** Shows a number that is read when metrics are. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
