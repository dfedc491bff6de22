import { type Attributes, type Span, SpanStatusCode, trace } from '@opentelemetry/api';

export const TRACER = 'tandem';

const FIT = /^[A-Za-z0-9_.:-]{1,64}$/;

/** A code as it may be shown; one of somebody else's may be any text. */
export const fitCode = (code: unknown): string =>
  typeof code === 'string' && FIT.test(code) ? code : '_OTHER';

/** Says of a span that what it stands for failed. By its code only: messages may quote data. */
export function failSpan(span: Span | undefined, code: unknown): void {
  span?.setAttribute('error.type', fitCode(code)).setStatus({ code: SpanStatusCode.ERROR });
}

/** The span that is under way here; undefined: none. */
export const currentSpan = (): Span | undefined => trace.getActiveSpan();

/** Does something within a span. Where nothing is traced it is just done. */
export function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return trace.getTracer(TRACER).startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, (error as { code?: unknown } | null)?.code);
      throw error;
    } finally {
      span.end();
    }
  });
}
