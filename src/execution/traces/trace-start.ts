import { context, SpanKind, trace } from '@opentelemetry/api';
import { TRACER } from '../../common/tracing/in-span.js';
import { runContext, runSpanContext, runTraceIds } from '../../common/tracing/run-trace-ids.js';
import { sourceOf } from '../../common/tracing/trace-source.js';

/**
 * Links whoever starts a run (a request) and the run, both ways: the request points at the trace of the run, and a
 * span in that trace points back. The run itself keeps nothing of it, whoever executes it.
 */
export function traceStart(runId: string): void {
  const active = context.active();
  const source = sourceOf(active);
  const starter = trace.getSpan(active);
  if (source === undefined || starter === undefined) return;
  starter.addLink({ context: runSpanContext(runId) });
  if (!source.isSampled(runTraceIds(runId).traceId)) return;
  const options = {
    kind: SpanKind.PRODUCER,
    attributes: { 'tandem.run.id': runId },
    links: [{ context: starter.spanContext() }],
  };
  source.tracer(TRACER).startSpan('create_run', options, runContext(source, runId)).end();
}
