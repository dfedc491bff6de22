import { type Context, createContextKey, type Span, type SpanOptions, type Tracer } from '@opentelemetry/api';

/** Ids of a span that others can work out. */
export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** Where the spans of one application come from and go to. */
export interface TraceSource {
  /** `name`: of whoever instruments. */
  tracer(name: string): Tracer;
  /** Whether a trace with this id, which began here, is kept; every process answers the same. */
  isSampled(traceId: string): boolean;
  /** A span without parent that has these ids. */
  startRoot(ids: SpanIds, name: string, options: SpanOptions): Span;
  /** Text of a prompt, an answer, parameters or a result, fit to be sent; null: nothing of it is sent. */
  content(value: unknown): string | null;
}

const SOURCE = createContextKey('tandem.trace-source');

/** The source of the application this is done for; undefined: it is not traced. */
export const sourceOf = (context: Context): TraceSource | undefined =>
  context.getValue(SOURCE) as TraceSource | undefined;

export const withSource = (context: Context, source: TraceSource): Context =>
  context.setValue(SOURCE, source);
