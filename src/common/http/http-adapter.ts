import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { workOn } from '../work-ids.js';
import { drainRequest, isUnread } from './drain-request.js';
import { parseJsonBody } from './json-body.js';
import { answerUnreadable, answerWithProblem } from './problem.filter.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';

export const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** Longer than any id; a longer part of a path is an unknown route. */
const MAX_PATH_PARAMETER_LENGTH = 256;

/**
 * Fastify as this service runs it: JSON bodies only, up to 8 MiB, request ids on every answer, and time limits that
 * leave room for `?wait=60` and for heartbeats every 15 s. Create the application with `bodyParser: false`.
 */
export function createHttpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers),
    frameworkErrors: answerWithProblem,
    clientErrorHandler: answerUnreadable,
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER_LENGTH },
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    workOn({ requestId: request.id }, done);
  });
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    if (isUnread(request.raw)) void drainRequest(request.raw).then(() => done(null, payload));
    else done(null, payload);
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>(
    /^application\/(?:[\w.-]+\+)?json(?:;|$)/,
    { parseAs: 'buffer' },
    (_request, body, done) => {
      try {
        done(null, parseJsonBody(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  return adapter;
}
