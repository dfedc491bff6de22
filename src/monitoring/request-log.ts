import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Params } from 'nestjs-pino';

type IdentifiedRequest = IncomingMessage & { readonly id?: unknown; readonly originalUrl?: string };

/** Probes come every few seconds and say nothing when all is well. */
const QUIET = /^\/(?:health\/|metrics)/;

const pathOf = (request: IncomingMessage): string =>
  ((request as IdentifiedRequest).originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';

/**
 * One line per request with id, method, path, status and time. Bodies, queries and headers stay out: they may hold
 * secrets. `pretty` is for people and runs in a worker thread.
 */
export function requestLog({ level, pretty }: { readonly level: string; readonly pretty: boolean }): Params {
  return {
    pinoHttp: {
      level,
      ...(pretty
        ? {
            transport: {
              target: 'pino-pretty',
              options: {
                singleLine: true,
                ignore: 'pid,hostname,req,res,context,responseTime',
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
      autoLogging: { ignore: (request: IncomingMessage) => QUIET.test(pathOf(request)) },
      customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
        error !== undefined || response.statusCode === 500 ? 'error' : 'info',
      customSuccessMessage: (request: IncomingMessage, response: ServerResponse, responseTime: number) =>
        `${request.method} ${pathOf(request)} ${response.statusCode} ${Math.round(responseTime)} ms`,
    },
  };
}
