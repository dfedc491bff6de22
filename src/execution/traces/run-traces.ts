import { Injectable } from '@nestjs/common';
import { runTraceIds } from '../../common/tracing/run-trace-ids.js';
import { Tracing } from '../../common/tracing/tracing.js';
import type { ClaimedRun } from '../engine-store.port.js';
import { RunTrace } from './run-trace.js';
import { TraceNames } from './trace-names.js';

/** Traces the stays of runs with this process. */
@Injectable()
export class RunTraces {
  constructor(
    private readonly tracing: Tracing,
    private readonly names: TraceNames,
  ) {}

  /** Of a run that was just claimed; null: it is not traced. */
  open(run: ClaimedRun): RunTrace | null {
    const { source } = this.tracing;
    if (source === null || !source.isSampled(runTraceIds(run.runId).traceId)) return null;
    return new RunTrace(source, this.names, run);
  }
}
