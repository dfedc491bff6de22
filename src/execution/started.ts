import type { FastifyReply } from 'fastify';
import type { RunView } from './runs.schemas.js';

/** Answers with a run and where it can be followed. */
export function started(reply: FastifyReply, run: RunView): RunView {
  reply.header('Location', `/api/v1/runs/${run.id}`);
  return run;
}
