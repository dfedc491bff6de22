import { createTraceState, type SpanContext } from '@opentelemetry/api';

/** W3C Trace Context, level 2: version, trace id, parent id, flags; later versions may add parts. */
const TRACE_PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const MAX_STATE_CHARACTERS = 512;

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The span of a caller who traces; null: there is none, or its headers are not fit to be continued. */
export function traceParentOf({ traceparent, tracestate }: Headers): SpanContext | null {
  if (typeof traceparent !== 'string') return null;
  const [, version = '', traceId = '', spanId = '', flags = '', more] = TRACE_PARENT.exec(traceparent) ?? [];
  const isFit = version !== '' && version !== 'ff' && !(version === '00' && more !== undefined);
  if (!isFit || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  const state = typeof tracestate === 'string' && tracestate.length <= MAX_STATE_CHARACTERS ? tracestate : '';
  return state === '' ? parent : { ...parent, traceState: createTraceState(state) };
}
