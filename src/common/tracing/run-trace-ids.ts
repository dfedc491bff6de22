import { type Context, ROOT_CONTEXT, type SpanContext, trace, TraceFlags } from '@opentelemetry/api';
import type { SpanIds, TraceSource } from './trace-source.js';
import { withSource } from './trace-source.js';

const hexOf = (id: string): string => id.replaceAll('-', '');

/** The trace of a run has the run's own id, which is as long; its root span the second half of it. */
export function runTraceIds(runId: string): SpanIds {
  const traceId = hexOf(runId);
  return { traceId, spanId: traceId.slice(16) };
}

/** The root span of a run, to point at. */
export const runSpanContext = (runId: string): SpanContext => ({
  ...runTraceIds(runId),
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
});

/** Where what belongs to a run, and to no stay of it, is. */
export const runContext = (source: TraceSource, runId: string): Context =>
  trace.setSpanContext(withSource(ROOT_CONTEXT, source), runSpanContext(runId));

/** When the run with this id was made: a UUIDv7 begins with the milliseconds; null: it is none. */
export function madeAtOf(runId: string): number | null {
  const hex = hexOf(runId);
  return hex[12] === '7' ? Number.parseInt(hex.slice(0, 12), 16) : null;
}
