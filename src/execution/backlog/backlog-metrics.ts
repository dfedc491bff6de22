import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '../../common/metrics.js';
import { ScrapeReading } from '../../common/scrape-reading.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type BacklogRow, readBacklog } from './adapters/backlog.sql.js';

/** Counting more costs time and tells nobody anything new. */
const MAX_COUNTED = 10_000;

/** What waits for a process in the whole deployment, for Prometheus; read when metrics are. */
@Injectable()
export class BacklogMetrics {
  constructor(registry: MetricsRegistry, work: UnitOfWork) {
    const reading = new ScrapeReading(async () => {
      const [row] = await work.query<BacklogRow>(readBacklog(MAX_COUNTED));
      return row ?? null;
    });
    const gauge = (name: string, help: string, of: (row: BacklogRow) => number) =>
      reading.gauge(registry, name, help, of);
    gauge('tandem_queued_runs', 'Runs no process has begun to execute, at most 10000.', (row) => row.queued);
    gauge(
      'tandem_overdue_wakes',
      'Runs whose time, signal or new owner is due and that no process has fetched, at most 10000.',
      (row) => row.woken,
    );
    gauge(
      'tandem_oldest_due_run_seconds',
      'For how long the run that has waited longest for a process has been due; 0: none waits.',
      (row) => Math.max(0, row.oldest_seconds ?? 0),
    );
    gauge('tandem_workers', 'Processes that execute runs and said so in the last 5 s.', (row) => row.workers);
  }
}
