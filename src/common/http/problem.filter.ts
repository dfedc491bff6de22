import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_MEDIA_TYPE } from './problem-media.js';
import { problemType } from './problem.schema.js';
import { problemOf } from './problem.js';
import { REQUEST_ID_HEADER } from './request-id.js';

const logger = new Logger('ProblemFilter');

/** Answers a request with the problem that an error is; errors that are our fault are logged with their stack. */
export function answerWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { headers, code, ...content } = problemOf(error);
  if (content.status >= 500 && content.status !== 503) {
    logger.error({ err: error, requestId: request.id }, `${request.method} ${request.url} failed`);
  }
  if (reply.sent || reply.raw.headersSent) {
    // The answer has begun (a stream): cutting it off is the only way left to say that it is not whole.
    reply.raw.destroy();
    return;
  }
  const [instance = ''] = request.url.split('?', 1);
  const problem = { type: problemType(code), ...content, instance, code, requestId: request.id };
  void reply
    .status(content.status)
    .headers({ ...headers, [REQUEST_ID_HEADER]: request.id })
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problem));
}

/** The only place that knows how errors look on the wire (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerWithProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
