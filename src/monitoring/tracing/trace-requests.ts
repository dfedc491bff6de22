import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TRACER } from '../../common/tracing/in-span.js';
import { type TraceSource, withSource } from '../../common/tracing/trace-source.js';
import { isQuiet } from '../request-log.js';
import { traceParentOf } from './trace-parent.js';

/**
 * A server span for each request but probes, by OpenTelemetry's conventions for HTTP: method, route template (never the
 * path), status. It continues the trace of a caller who sends `traceparent`.
 */
export function traceRequests(fastify: FastifyInstance, source: () => TraceSource | null): void {
  const traced = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const current = source();
    if (current === null || isQuiet(request.url)) return done();
    const within = begin(request, current);
    const span = trace.getSpan(within);
    if (span !== undefined) traced.set(request, span);
    context.with(within, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = traced.get(request);
    if (span !== undefined) end(span, reply);
    done();
  });
}

function begin(
  { method, routeOptions, protocol, headers, id }: FastifyRequest,
  source: TraceSource,
): Context {
  const route = routeOptions.url;
  const root = withSource(ROOT_CONTEXT, source);
  const caller = traceParentOf(headers);
  const parent = caller === null ? root : trace.setSpanContext(root, caller);
  const attributes = {
    'http.request.method': method,
    'url.scheme': protocol,
    'tandem.request.id': id,
    ...(route === undefined ? {} : { 'http.route': route }),
  };
  const name = route === undefined ? method : `${method} ${route}`;
  const span = source.tracer(TRACER).startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
  return trace.setSpan(parent, span);
}

/** A caller's fault is no failure of ours. The code of ours, where there was one, is there already. */
function end(span: Span, { statusCode }: FastifyReply): void {
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
