import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import { newId } from '../../common/ids.js';
import { Ports } from '../../common/ports.js';
import { untilAborted } from '../../common/until-aborted.js';
import type { Reservation } from '../budget/ledger.port.js';
import { Ledger } from '../budget/ledger.service.js';
import type { Verdict } from '../budget/domain/admit.js';
import { type CallContent, capturedContent } from '../interactions/captured-content.js';
import { costOf, upperBound } from '../domain/model-cost.js';
import { ModelError } from '../domain/model-failure.js';
import type { ModelRequest, ModelResult } from '../domain/model-request.js';
import { MODEL_USE } from '../model-use.port.js';
import { Redactor } from '../redaction/redactor.js';
import type { CallOutcome } from '../domain/call-outcome.js';
import type { Candidate } from './candidates.js';
import { ChatSpan } from './chat-span.js';
import { NoAnswer, reasonOf } from './no-answer.js';
import { type Asking, type Question, type ReadAnswer, readSafely } from './question.js';

/** Time to book what has ended, before the reaper counts a call as lost. */
const BOOKING_SECONDS = 60;
/** How long after the end of a call its provider may take to say how it ended. */
const GRACE_MS = 250;
const MAX_ID_CHARACTERS = 200;
const MAX_REPORT_CHARACTERS = 2_000;

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

/** An attempt under way. */
interface Opened {
  /** Also of the interaction it becomes. */
  readonly id: string;
  /** Nano-dollars. */
  readonly bound: bigint;
  readonly startedAt: number;
  /** Of a request that was sent, and is traced. */
  readonly chat?: ChatSpan | null;
}

interface Ending {
  readonly outcome: CallOutcome;
  readonly cost: bigint;
  readonly result?: ModelResult;
  readonly requestId?: string | null;
}

/** Reserves the upper bound of an attempt, sends it, books what it cost. */
@Injectable()
export class Attempts {
  private readonly logger = new Logger('Models');

  constructor(
    private readonly ledger: Ledger,
    private readonly redactor: Redactor,
    private readonly config: AppConfig,
    private readonly ports: Ports,
  ) {}

  /** Throws `ModelError` when the model gave no answer, `NoAnswer` when it was not asked. Both booked. */
  async make(options: AttemptOptions): Promise<Attempted> {
    const { question, candidate } = options;
    const opened = { id: newId(), bound: this.boundOf(options), startedAt: performance.now() };
    await this.reserve(options, opened);
    const sent = { ...opened, chat: beginChat(options) };
    const result = await this.send(options, sent);
    const read =
      result.finish.reason === 'stop'
        ? readSafely(question.interactionType, () => question.read(result.text))
        : undefined;
    const cost = costOf(result.usage, candidate.description) ?? opened.bound;
    this.book(options, sent, { outcome: outcomeOf(result, read), cost, result });
    return { interactionId: opened.id, result, read };
  }

  /** Fails as `prompt_too_large` where the function does not take so much. */
  private boundOf({ question, request, candidate: { model, description } }: AttemptOptions): bigint {
    const requestBytes = sizeOf(request, model);
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

  /** Waits no longer than the call may take; what is admitted after that is given back. */
  private async reserve(options: AttemptOptions, opened: Opened): Promise<void> {
    const { signal } = options.asking;
    const reserved = this.ledger.reserve(toReservation(options, opened));
    const giveBack = () => this.book(options, opened, { outcome: 'failed_aborted', cost: 0n });
    let verdict: Verdict;
    try {
      verdict = await untilAborted(reserved, signal);
    } catch (error) {
      if (signal.aborted)
        void reserved.then(({ admitted }) => (admitted ? giveBack() : undefined)).catch(() => undefined);
      throw new NoAnswer('ledger_unavailable', `Budgets cannot be asked now: ${(error as Error)?.message}`);
    }
    if (!verdict.admitted)
      throw new NoAnswer(
        'budget_exhausted',
        `The budget ${verdict.exhausted} has less left than the call may cost.`,
        { scope: verdict.exhausted },
      );
    if (!signal.aborted) return;
    giveBack();
    throw signal.reason;
  }

  private async send(options: AttemptOptions, opened: Opened): Promise<ModelResult> {
    const { request, candidate, asking } = options;
    const { signal } = asking;
    try {
      const result = await untilAborted(candidate.model.generate(request, { signal }), signal, GRACE_MS);
      return { ...result, text: this.redactor.knownInText(result.text) };
    } catch (error) {
      if (!(error instanceof ModelError) && !signal.aborted) this.report(error, candidate);
      const failure = toModelError(error, signal);
      const cost = failure.billed === 'no' ? 0n : opened.bound;
      const requestId = failure.requestId ?? null;
      this.book(options, opened, { outcome: `failed_${failure.kind}`, cost, requestId });
      throw failure;
    }
  }

  private book(options: AttemptOptions, { id, startedAt, chat }: Opened, ending: Ending): void {
    const { request, onBooked, question, candidate } = options;
    const { outcome, cost, result, requestId = result?.requestId ?? null } = ending;
    onBooked(cost);
    chat?.end(ending);
    const ended = {
      outcome,
      usage: result?.usage ?? {},
      latencyMs: Math.round(performance.now() - startedAt),
    };
    this.ledger.settle({
      ...{ ...ended, id, cost, requestId: cleanId(requestId) },
      ...this.contentOf({ request, response: result?.text ?? null }),
    });
    const { interactionType } = question;
    const { provider, model } = candidate.description;
    this.ports.get(MODEL_USE).trackLlmCall({ ...ended, interactionType, provider, model, costNanoUsd: cost });
  }

  /** Of its own code nobody else will ever hear. */
  private report(error: unknown, { description: { provider } }: Candidate): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    let shown = 'its message cannot be shown';
    try {
      shown = this.redactor.personalInText(text.slice(0, MAX_REPORT_CHARACTERS));
    } catch {
      // What cannot be redacted is not shown.
    }
    this.logger.error(`The provider ${provider} threw something else than a ModelError: ${shown}`);
  }

  private contentOf(content: CallContent) {
    return capturedContent(content, this.config.llm.captureContent, this.redactor);
  }
}

function beginChat({ request, candidate, question, asking, attempt }: AttemptOptions): ChatSpan | null {
  const { provider } = candidate.description;
  const { interactionType } = question;
  return ChatSpan.begin({ provider, request, interactionType, attempt, context: asking.context });
}

function toReservation(options: AttemptOptions, { id, bound }: Opened): Reservation {
  const { question, asking, callId, attempt, candidate } = options;
  const { provider, model, asOf } = candidate.description;
  const left = Math.max(0, asking.deadlineMs - performance.now());
  return {
    ...asking.context,
    ...{ id, callId, attempt, bound, provider, model },
    interactionType: question.interactionType,
    promptVersion: question.promptVersion,
    priceVersion: asOf,
    expiresInSeconds: left / 1000 + BOOKING_SECONDS,
  };
}

function sizeOf(request: ModelRequest, model: Candidate['model']): number {
  try {
    return model.requestBytes(request);
  } catch (cause) {
    const message = 'The provider cannot make a request of it.';
    throw new ModelError({ kind: 'unreadable', message, billed: 'no', cause });
  }
}

/** Whatever a provider threw. An error of its code counts as one of the connection to it: nothing is known. */
function toModelError(error: unknown, signal: AbortSignal): ModelError {
  if (error instanceof ModelError) return error;
  if (signal.aborted) {
    const kind = reasonOf(signal) === 'TimeoutError' ? 'timeout' : 'aborted';
    return new ModelError({ kind, message: 'The call ended without its provider.', cause: error });
  }
  return new ModelError({
    kind: 'unreadable',
    message: 'The provider failed in an unexpected way.',
    cause: error,
  });
}

/** A name a provider gave, fit to be stored. */
const cleanId = (id: string | null): string | null =>
  id?.replaceAll(/[^\x21-\x7e]/g, '').slice(0, MAX_ID_CHARACTERS) ?? null;

function outcomeOf({ finish }: ModelResult, read: ReadAnswer | undefined): CallOutcome {
  if (finish.reason === 'refusal') return 'refused';
  if (finish.reason === 'length') return 'truncated';
  if (read === undefined) return 'unfinished';
  return read.answer === undefined ? 'invalid' : 'answered';
}
