import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import { newId } from '../../common/ids.js';
import { Ledger } from '../budget/ledger.service.js';
import type { Verdict } from '../budget/domain/admit.js';
import { type CallContent, capturedContent } from '../interactions/captured-content.js';
import { costOf, upperBound } from '../domain/model-cost.js';
import { ModelError } from '../domain/model-failure.js';
import type { ModelRequest, ModelResult } from '../domain/model-request.js';
import { Redactor } from '../redaction/redactor.js';
import type { Candidate } from './candidates.js';
import { NoAnswer } from './no-answer.js';
import type { Asking, Question, ReadAnswer } from './question.js';

/** Time to book what has ended, before the reaper counts a call as lost. */
const BOOKING_SECONDS = 60;

/** One attempt of a question to a model. */
export interface AttemptOptions {
  readonly question: Question;
  readonly request: ModelRequest;
  readonly candidate: Candidate;
  readonly asking: Asking;
  readonly callId: string;
  readonly attempt: number;
  /** Called with what the attempt cost, however it ended, nano-dollars. */
  readonly onBooked: (costNanoUsd: bigint) => void;
}

/** An answer, with what was read out of it; it has been paid. */
export interface Attempted {
  readonly interactionId: string;
  readonly result: ModelResult;
  /** undefined: it did not end as it should, so it was not read. */
  readonly read: ReadAnswer | undefined;
}

/** Reserves the upper bound of an attempt, sends it, books what it cost. */
@Injectable()
export class Attempts {
  constructor(
    private readonly ledger: Ledger,
    private readonly redactor: Redactor,
    private readonly config: AppConfig,
  ) {}

  /** Throws `ModelError` when the model gave no answer, `NoAnswer` when it was not asked. Both booked. */
  async make(options: AttemptOptions): Promise<Attempted> {
    const { question, request, candidate, asking } = options;
    const bound = this.boundOf(options);
    const id = newId();
    await this.reserve(id, bound, options);
    const startedAt = performance.now();
    const book = (outcome: string, cost: bigint, answer: Partial<ModelResult>, requestId: string | null) => {
      options.onBooked(cost);
      return this.ledger.settle({
        ...{ id, outcome, cost, requestId, usage: answer.usage ?? {} },
        latencyMs: Math.round(performance.now() - startedAt),
        ...this.contentOf({ request, response: answer.text ?? null }),
      });
    };
    try {
      asking.signal.throwIfAborted();
    } catch (error) {
      await book('failed_aborted', 0n, {}, null);
      throw error;
    }
    let result: ModelResult;
    try {
      result = await candidate.model.generate(request, { signal: asking.signal });
    } catch (error) {
      const failure = toModelError(error);
      await book(
        `failed_${failure.kind}`,
        failure.billed === 'no' ? 0n : bound,
        {},
        failure.requestId ?? null,
      );
      throw failure;
    }
    const read = result.finish.reason === 'stop' ? question.read(result.text) : undefined;
    const cost = costOf(result.usage, candidate.description) ?? bound;
    await book(outcomeOf(result, read), cost, result, result.requestId);
    return { interactionId: id, result, read };
  }

  /** Fails as `prompt_too_large` where the function does not take so much. */
  private boundOf({ question, request, candidate: { model, description } }: AttemptOptions): bigint {
    const requestBytes = model.requestBytes(request);
    const { maxInputBytes } = question;
    if (requestBytes > maxInputBytes)
      throw new NoAnswer(
        'prompt_too_large',
        `The request has ${requestBytes} bytes, but at most ${maxInputBytes} are allowed.`,
      );
    const { maxOutputTokens } = request;
    return upperBound(
      { requestBytes, maxOutputTokens, hasOutputSchema: request.output !== undefined },
      description,
    );
  }

  private async reserve(id: string, bound: bigint, options: AttemptOptions): Promise<void> {
    const { question, asking, callId, attempt, candidate } = options;
    const { provider, model, asOf } = candidate.description;
    const left = Math.max(0, asking.deadlineMs - performance.now());
    let verdict: Verdict;
    try {
      verdict = await this.ledger.reserve({
        ...asking.context,
        ...{ id, callId, attempt, bound, provider, model },
        interactionType: question.interactionType,
        promptVersion: question.promptVersion,
        priceVersion: asOf,
        expiresInSeconds: left / 1000 + BOOKING_SECONDS,
      });
    } catch (error) {
      throw new NoAnswer('ledger_unavailable', `Budgets cannot be asked now: ${(error as Error).message}`);
    }
    if (!verdict.admitted)
      throw new NoAnswer(
        'budget_exhausted',
        `The budget ${verdict.exhausted} has less left than the call may cost.`,
        0n,
        verdict.exhausted,
      );
  }

  private contentOf(content: CallContent) {
    return capturedContent(content, this.config.llm.captureContent, this.redactor);
  }
}

/** Whatever a provider threw. An error of its code counts as one of the connection to it: nothing is known. */
function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  return new ModelError({
    kind: 'unreadable',
    message: 'The provider failed in an unexpected way.',
    cause: error,
  });
}

function outcomeOf({ finish }: ModelResult, read: ReadAnswer | undefined): string {
  if (finish.reason === 'refusal') return 'refused';
  if (finish.reason === 'length') return 'truncated';
  if (read === undefined) return 'unfinished';
  return read.answer === undefined ? 'invalid' : 'answered';
}
