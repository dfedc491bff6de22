import { Module } from '@nestjs/common';
import { z } from 'zod';
import { LlmModule } from '../../../src/llm/llm.module.js';
import { LlmService } from '../../../src/llm/llm.service.js';
import { done, type Done } from '../../../src/tasks/domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../../src/tasks/domain/task-type.js';
import { TaskType } from '../../../src/tasks/task-type.decorator.js';
import { answerFor } from './answer-bodies.js';
import { html, json, reset, stalledBody, status, text } from './answers.js';
import type { Answer, ReceivedRequest } from './model-server.js';
import { WordFunction, WordModule } from './word-function.js';

const parameters = z.strictObject({
  topic: z.string(),
  password: z.string(),
  fails: z.boolean().default(false),
});
type Parameters = z.output<typeof parameters>;

/** A task of another team: it has a password, and asks a function about all it has. */
@TaskType<Parameters, unknown>({
  ...{ name: 'test.password', description: 'For tests.', result: z.unknown(), examples: [] },
  parameters: parameters as z.ZodType<Parameters>,
  effects: () => 'none',
})
class PasswordTask implements TaskHandler<Parameters> {
  constructor(
    private readonly llm: LlmService,
    private readonly fn: WordFunction,
  ) {}

  async execute({ topic, password, fails }: Parameters, context: TaskContext): Promise<Done<unknown>> {
    const { runId, workflowId, agentId, id: taskId } = context;
    const asked = { runId, workflowId, agentId, taskId };
    const { value } = await this.llm.call(this.fn, { topic, password }, asked);
    if (fails) throw new Error('The desk is closed.');
    return done(value);
  }
}

@Module({ imports: [LlmModule, WordModule], providers: [PasswordTask] })
export class PasswordModule {}

/** What a provider was sent to prove who asks. */
const keyOf = ({ headers }: ReceivedRequest): string =>
  String(headers['x-goog-api-key'] ?? headers.authorization).replace('Bearer ', '');

const answering = (body: string): Answer => {
  return (request, response) => json(answerFor(request.path, { text: body }))(request, response);
};
/** Said with the key that was sent: providers do, OpenAI with 401. */
const repeating = (code: number): Answer => {
  return (request, response) => {
    const message = `Incorrect API key provided: ${keyOf(request)}. You sent ${JSON.stringify(request.headers)}`;
    status(code, JSON.stringify({ error: { message, code, status: 'BAD' } }))(request, response);
  };
};

/** How the server answers a prompt that has the name in it. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  'all-is-well': answering(JSON.stringify({ word: 'fine' })),
  'refused-key': repeating(401),
  'bad-request': repeating(400),
  'broken-server': repeating(500),
  'busy-server': repeating(429),
  'guest-network': html,
  'empty-object': json({}),
  'cut-json': text('{"id":"resp_1","outp', { 'content-type': 'application/json' }),
  'lost-connection': reset,
  'stalled-body': stalledBody('{"id":"'),
  'no-thanks': (request, response) =>
    json(answerFor(request.path, { finish: 'refusal', text: 'No.' }))(request, response),
  'repeats-key': (request, response) => answering(`Your key is ${keyOf(request)}.`)(request, response),
};

/** Answers by the first name that occurs in a request. */
export const answerByName: Answer = (request, response) => {
  const [, answer] = Object.entries(ANSWERS).find(([name]) => request.text.includes(name)) ?? [];
  (answer ?? status(400))(request, response);
};

/** A request as it came, without the header a provider's own key belongs in. */
export function withoutOwnKey({ path, headers, text: body }: ReceivedRequest): string {
  const { authorization: _, 'x-goog-api-key': __, ...rest } = headers;
  return `${path}\n${JSON.stringify(rest)}\n${body}`;
}
