import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../ids.js';
import { currentSpan, failSpan } from '../tracing/in-span.js';
import { PROBLEM_MEDIA_TYPE } from './problem-media.js';
import { problemType } from './problem.schema.js';
import { type ProblemContent, problemOf, problemOfUnreadable } from './problem.js';
import { REQUEST_ID_HEADER } from './request-id.js';

const logger = new Logger('ProblemFilter');

function problemText(problem: ProblemContent, instance: string, requestId: string): string {
  const { headers: _, code, ...content } = problem;
  return JSON.stringify({ type: problemType(code), ...content, instance, code, requestId });
}

/** Answers a request with the problem that an error is; errors that are our fault are logged with their stack. */
export function answerWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.status >= 500) failSpan(currentSpan(), problem.code);
  if (problem.status >= 500 && problem.status !== 503) {
    logger.error({ err: error, requestId: request.id }, `${request.method} ${request.url} failed`);
  }
  if (reply.sent || reply.raw.headersSent) {
    // The answer has begun (a stream): cutting it off is the only way left to say that it is not whole.
    reply.raw.destroy();
    return;
  }
  const [instance = ''] = request.url.split('?', 1);
  void reply
    .status(problem.status)
    .headers({ ...problem.headers, [REQUEST_ID_HEADER]: request.id })
    .type(PROBLEM_MEDIA_TYPE)
    .send(problemText(problem, instance, request.id));
}

/** Answers what cannot be read as a request, of which not even the path is known, and closes its connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const problem = problemOfUnreadable(error);
    const requestId = newId();
    logger.log({ requestId, reason: error.code }, `A request cannot be read: ${problem.status}`);
    const body = problemText(problem, '', requestId);
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `${REQUEST_ID_HEADER}: ${requestId}`,
      `Content-Type: ${PROBLEM_MEDIA_TYPE}; charset=utf-8`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}

/** The only place that knows how errors look on the wire (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerWithProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
