import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { sourceOf } from '../../../common/tracing/trace-source.js';

type Work = (span: Span) => unknown;

class SourcedTracer implements Tracer {
  constructor(private readonly name: string) {}

  startSpan(name: string, options?: SpanOptions, within: Context = context.active()): Span {
    const source = sourceOf(within);
    if (source === undefined) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    return source.tracer(this.name).startSpan(name, options, within);
  }

  /** `name, work`, `name, options, work` or `name, options, context, work`. */
  startActiveSpan<F extends Work>(name: string, ...rest: readonly unknown[]): ReturnType<F> {
    const work = rest.at(-1) as F;
    const [options, within] = rest.slice(0, -1) as [SpanOptions?, Context?];
    const parent = within ?? context.active();
    const span = this.startSpan(name, options, parent);
    return context.with(trace.setSpan(parent, span), work as (span: Span) => ReturnType<F>, undefined, span);
  }
}

/** Tracers whose spans belong to the application in whose context they begin. */
export class SourcedTracers implements TracerProvider {
  getTracer(name: string): Tracer {
    return new SourcedTracer(name);
  }
}
