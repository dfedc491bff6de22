import type { IncomingMessage, ServerResponse } from 'node:http';
import { trace } from '@opentelemetry/api';
import type { Params } from 'nestjs-pino';
import { type Logger, symbols } from 'pino';
import { currentWork } from '../common/work-ids.js';

type IdentifiedRequest = IncomingMessage & { readonly id?: unknown; readonly originalUrl?: string };

/** Probes come every few seconds and say nothing when all is well. */
const QUIET = /^\/(?:health\/|metrics)/;

/** Whether the requests of a URL are of the kind nobody wants to read of. */
export const isQuiet = (url: string): boolean => QUIET.test(url);

const pathOf = (request: IncomingMessage): string =>
  ((request as IdentifiedRequest).originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';

/** What is bound to a logger already, as text; pino writes it before the rest of a line. */
const boundTo = (logger: Logger): string =>
  String((logger as unknown as Readonly<Record<symbol, unknown>>)[symbols.chindingsSym] ?? '');

/** Ids every line of the log has that is written while something is worked on. OpenTelemetry names those of traces. */
function idsOfLine(_line: object, _level: number, logger: Logger): object {
  const work = currentWork();
  const span = trace.getActiveSpan()?.spanContext();
  if (work === undefined && span === undefined) return {};
  const { requestId, ...ids } = work ?? {};
  return {
    // The logger of a request has its id.
    ...(requestId === undefined || boundTo(logger).includes('"requestId":') ? {} : { requestId }),
    ...ids,
    ...(span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId }),
  };
}

/**
 * One line per request with id, method, path, status and time. Bodies, queries and headers stay out: they may hold
 * secrets. `pretty` is for people and runs in a worker thread.
 */
export function requestLog({ level, pretty }: { readonly level: string; readonly pretty: boolean }): Params {
  return {
    pinoHttp: {
      level,
      mixin: idsOfLine,
      ...(pretty
        ? {
            transport: {
              target: 'pino-pretty',
              options: {
                singleLine: true,
                ignore: 'pid,hostname,req,res,context,responseTime,runId,taskId,agentId,trace_id,span_id',
                messageFormat: '{if context}[{context}] {end}{msg}',
              },
            },
          }
        : {}),
      genReqId: (request: IncomingMessage) => String((request as IdentifiedRequest).id ?? ''),
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      serializers: {
        req: (request: { method?: string; raw?: IncomingMessage }) => ({
          method: request.method,
          path: request.raw === undefined ? undefined : pathOf(request.raw),
        }),
        res: (response: { statusCode?: number }) => ({ status: response.statusCode }),
      },
      autoLogging: { ignore: (request: IncomingMessage) => isQuiet(pathOf(request)) },
      customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
        error !== undefined || response.statusCode === 500 ? 'error' : 'info',
      customSuccessMessage: (request: IncomingMessage, response: ServerResponse, responseTime: number) =>
        `${request.method} ${pathOf(request)} ${response.statusCode} ${Math.round(responseTime)} ms`,
    },
  };
}
