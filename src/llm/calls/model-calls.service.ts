import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import pRetry, { AbortError } from 'p-retry';
import { newId } from '../../common/ids.js';
import type { Issue } from '../../common/issue.js';
import { ModelError, type ModelFailureKind } from '../domain/model-failure.js';
import type { ModelMessage, ModelRequest } from '../domain/model-request.js';
import { type Attempted, Attempts } from './attempt.js';
import type { Candidate } from './candidates.js';
import { ModelGuards } from './model-guards.js';
import { endedBy, NoAnswer } from './no-answer.js';
import type { Answered, Asking, Question } from './question.js';

const RETRIES = 2;
/** Calls of one model for one question: every attempt of the question and of its repair. */
export const MAX_ATTEMPTS = 2 * (RETRIES + 1);
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;
/** The same question fails the same way with every model. */
const FINAL: ReadonlySet<ModelFailureKind> = new Set(['bad_request', 'timeout', 'aborted']);

/** Repeating the question does not help: it, a key or a name is wrong. */
const LASTING: ReadonlySet<ModelFailureKind> = new Set(['bad_request', 'unauthorized', 'not_found']);

/** One question under way: its attempts count on over models and repairs. */
interface Course {
  readonly callId: string;
  attempts: number;
  costNanoUsd: bigint;
}

/** Asks models a question until one answers it: attempts of one model, then the next; one repair of an answer. */
@Injectable()
export class ModelCalls {
  constructor(
    private readonly attempts: Attempts,
    private readonly guards: ModelGuards,
  ) {}

  /** Fails with `NoAnswer` and nothing else, before the deadline or shortly after it. */
  async ask(question: Question, asking: Asking): Promise<Answered> {
    const course: Course = { callId: asking.context.callId ?? newId(), attempts: 0, costNanoUsd: 0n };
    let last: NoAnswer | null = null;
    for (const candidate of asking.candidates) {
      try {
        return await this.askModel(question, candidate, asking, course);
      } catch (error) {
        const { failure, isFinal } = toNoAnswer(error, asking.signal, course.costNanoUsd);
        if (isFinal) throw failure;
        last = failure;
      }
    }
    throw last ?? new NoAnswer('provider_unavailable', 'There is no model to ask.');
  }

  private async askModel(
    question: Question,
    candidate: Candidate,
    asking: Asking,
    course: Course,
  ): Promise<Answered> {
    const request = toRequest(question, candidate, question.messages);
    const first = await this.attempt(question, request, candidate, asking, course);
    const answer = answered(first, candidate, course, []);
    if (answer !== null) return answer;
    const { text } = first.result;
    const issues = issuesOf(first);
    const messages = [...question.messages, ...repairMessages(text, issues)];
    const repair = toRequest(question, candidate, messages);
    const repaired = await this.attempt(question, repair, candidate, asking, course).catch(
      (error: unknown) => {
        // It is the answer that is too long to be sent back, not the question.
        throw error instanceof NoAnswer && error.reason === 'prompt_too_large' ? invalidAnswer(first) : error;
      },
    );
    const second = answered(repaired, candidate, course, issues);
    if (second !== null) return second;
    throw invalidAnswer(repaired);
  }

  /** Refusals and answers that were cut off end here. */
  private async attempt(
    question: Question,
    request: ModelRequest,
    candidate: Candidate,
    asking: Asking,
    course: Course,
  ): Promise<Attempted> {
    const { provider, model } = candidate.description;
    const attempted = await this.withRetries(asking, () =>
      this.guards.execute(
        `${provider}:${model}`,
        () => {
          course.attempts += 1;
          const { callId, attempts: attempt } = course;
          const onBooked = (cost: bigint) => void (course.costNanoUsd += cost);
          return this.attempts.make({ question, request, candidate, asking, callId, attempt, onBooked });
        },
        asking.signal,
      ),
    );
    const { finish, text } = attempted.result;
    if (finish.reason === 'refusal')
      throw new NoAnswer('refused', `The model would not answer: ${text.slice(0, 200)}`);
    if (finish.reason === 'length')
      throw new NoAnswer('truncated', `The answer did not fit into ${request.maxOutputTokens} tokens.`);
    return attempted;
  }

  /** Repeats what may succeed shortly, when the provider says so where it does, as long as the deadline allows. */
  private withRetries<T>({ signal, deadlineMs }: Asking, attempt: () => Promise<T>): Promise<T> {
    return pRetry(
      async () => {
        try {
          return await attempt();
        } catch (error) {
          if (error instanceof ModelError && error.retryable) throw error;
          throw new AbortError(error as Error);
        }
      },
      {
        retries: RETRIES,
        minTimeout: FIRST_DELAY_MS,
        maxTimeout: MAX_DELAY_MS,
        randomize: true,
        signal,
        // Waits here what the provider wants beyond the delay that follows.
        shouldRetry: async ({ error, retryDelay }) => {
          const wait = Math.max(retryDelay, (error as ModelError).retryAfterMs ?? 0);
          if (performance.now() + wait >= deadlineMs) return false;
          await sleep(wait - retryDelay, undefined, { signal }).catch(() => undefined);
          return true;
        },
      },
    );
  }
}

function toRequest(
  question: Question,
  { description }: Candidate,
  messages: readonly ModelMessage[],
): ModelRequest {
  const { system, maxOutputTokens, temperature, output } = question;
  return {
    model: description.model,
    system,
    messages,
    maxOutputTokens: Math.min(maxOutputTokens, description.maxOutputTokens),
    ...(temperature === undefined ? {} : { temperature }),
    ...(output === undefined ? {} : { output }),
  };
}

function answered(
  attempted: Attempted,
  { description }: Candidate,
  course: Course,
  sentBack: readonly Issue[],
): Answered | null {
  const { interactionId, read } = attempted;
  if (read?.answer === undefined) return null;
  const { provider, model } = description;
  const { costNanoUsd } = course;
  return { answer: read.answer, interactionId, provider, model, costNanoUsd, sentBack };
}

function issuesOf({ read }: Attempted): readonly Issue[] {
  return read !== undefined && read.answer === undefined ? read.issues : [];
}

function invalidAnswer(attempted: Attempted): NoAnswer {
  const issues = issuesOf(attempted);
  const message = issues[0]?.message ?? 'it cannot be read';
  return new NoAnswer('invalid_answer', `The answer does not fit: ${message}`, { issues });
}

/** Machine-readable, as everywhere: code, pointer, what would have been allowed. */
function repairMessages(text: string, issues: readonly Issue[]): ModelMessage[] {
  const listed = JSON.stringify(issues.slice(0, 50));
  return [
    { role: 'assistant', text: text === '' ? '(empty)' : text },
    { role: 'user', text: `That answer has these issues: ${listed}\nAnswer again, whole and corrected.` },
  ];
}

function toNoAnswer(
  error: unknown,
  signal: AbortSignal,
  paid: bigint,
): { readonly failure: NoAnswer; readonly isFinal: boolean } {
  if (signal.aborted) return { failure: endedBy(signal, paid), isFinal: true };
  if (error instanceof NoAnswer)
    return { failure: error.paidWith(paid), isFinal: !CONTINUES.has(error.reason) };
  if (!(error instanceof ModelError)) throw error;
  const { kind, message } = error;
  const options = { costNanoUsd: paid, lasts: LASTING.has(kind) };
  return { failure: new NoAnswer('model_failed', `${kind}: ${message}`, options), isFinal: FINAL.has(kind) };
}

/** After these another model may still answer. */
const CONTINUES: ReadonlySet<NoAnswer['reason']> = new Set([
  'provider_unavailable',
  'budget_exhausted',
  'prompt_too_large',
]);
