import { Injectable } from '@nestjs/common';
import type { Issue } from '../common/issue.js';
import type { JsonValue } from '../common/json.js';
import { Features } from '../features/features.service.js';
import { AnswerCounts } from './answers/answer-counts.service.js';
import type { AnswerReason, AnswerSource } from './answers/counted-answer.js';
import { tracedAnswer } from './answers/traced-answer.js';
import type { CallContext } from './budget/ledger.port.js';
import { AnswerCache, type CacheOptions } from './cache/answer-cache.service.js';
import { Asker } from './calls/asker.service.js';
import type { Deadline } from './calls/deadline.js';
import { endedBy, holdsForOthers, NoAnswer, type NoAnswerReason } from './calls/no-answer.js';
import { type Answered, readSafely } from './calls/question.js';
import { GATE_CHECKS, type GateCheck, type GateDecision, passGate } from './domain/gate.js';
import { keyOf, toQuestion } from './functions/function-question.js';
import { type IntelligenceFunctionDefinition, switchOf } from './functions/intelligence-function.js';
import { Redactor } from './redaction/redactor.js';
import { switchRefusal } from './switch-refusal.js';
import { watchSwitch } from './watch-switch.js';

/** For whom a function is called; `signal` ends a model call, and the twin answers. */
export type FunctionContext = Partial<CallContext> & { readonly signal?: AbortSignal };

/** What a function answered: `source` who, `reason` why not a model, else `allowed`. */
export interface FunctionAnswer<Output> {
  readonly value: Output;
  readonly source: AnswerSource;
  readonly reason: AnswerReason;
  /** The reason for people. */
  readonly detail: string;
  /** The call that was paid for this answer; null: none. */
  readonly interactionId: string | null;
  readonly costNanoUsd: bigint;
  /** What the gate looked at, providers and budgets included where it came to them. */
  readonly checks: readonly GateCheck[];
  /** What was wrong with an answer of a model that was not taken; empty: nothing, or it was not asked. */
  readonly sentBack: readonly Issue[];
}

/** The only way from a function to a model, and to its twin where no model may, can or should answer. */
@Injectable()
export class LlmService {
  constructor(
    private readonly features: Features,
    private readonly asker: Asker,
    private readonly cache: AnswerCache,
    private readonly redactor: Redactor,
    private readonly counts: AnswerCounts,
  ) {}

  /** Never fails because of a model. `input` has to fit the function's schema. */
  async call<Input, Output>(
    fn: IntelligenceFunctionDefinition<Input, Output>,
    input: Input,
    context: FunctionContext = {},
  ): Promise<FunctionAnswer<Output>> {
    const answer = await tracedAnswer(fn.name, context, () => this.answer(fn, input, context));
    this.counts.count(fn.name, context, answer);
    return answer;
  }

  private async answer<Input, Output>(
    fn: IntelligenceFunctionDefinition<Input, Output>,
    input: Input,
    { signal, ...given }: FunctionContext,
  ): Promise<FunctionAnswer<Output>> {
    const context: CallContext = { agentId: null, workflowId: null, runId: null, taskId: null, ...given };
    const gate = await this.gate(fn, input, context);
    const { checks } = gate;
    if (!gate.use)
      return this.twin(fn, input, { reason: gate.reason, detail: checks.at(-1)?.detail ?? '', checks });
    const deadline = this.asker.deadline(signal);
    const unwatch = watchSwitch(this.features, switchOf(fn), context, (reason) => deadline.abort(reason));
    try {
      return { ...(await this.askOnce(fn, input, context, deadline)), checks };
    } catch (error) {
      const { reason, detail, costNanoUsd, issues } = toNoAnswer(error, deadline.signal);
      return await this.twin(fn, input, {
        reason,
        detail,
        costNanoUsd,
        sentBack: issues,
        checks: withFailed(checks, reason, detail),
      });
    } finally {
      unwatch();
      deadline.stop();
    }
  }

  /** What speaks against a model now, before any is looked at. */
  async gate<Input>(
    fn: IntelligenceFunctionDefinition<Input>,
    input: Input,
    context: Pick<CallContext, 'agentId' | 'workflowId'>,
  ): Promise<GateDecision> {
    return passGate({
      ...(await switchRefusal(this.features, switchOf(fn), context)),
      ...fn.verdicts?.(input),
    });
  }

  private async askOnce<Input, Output>(
    fn: IntelligenceFunctionDefinition<Input, Output>,
    input: Input,
    context: CallContext,
    deadline: Deadline,
  ): Promise<Omit<FunctionAnswer<Output>, 'checks'>> {
    const choice = await this.asker.choose({ context });
    const question = toQuestion(fn, this.redacted(fn, input));
    const paid: Answered[] = [];
    let isAsking = false;
    const produce = async () => {
      isAsking = true;
      const answered = await this.asker.ask(question, choice, context, deadline);
      paid.push(answered);
      return { answer: answered.answer, interactionId: answered.interactionId };
    };
    const options = this.cacheOptions(fn, deadline);
    const key = options.ttlSeconds === 0 ? '' : keyOf(question, choice);
    const { answer, interactionId } = await this.cache
      .through(key, options, produce)
      .catch((error: unknown) => {
        // Of a call that somebody else made he pays.
        throw error instanceof NoAnswer && !isAsking ? error.paidWith(0n) : error;
      });
    const [own] = paid;
    // What it has to fit may be another state than when it was kept.
    const { output: value } = readSafely(fn.name, () => question.toOutput(answer));
    if (value === undefined)
      throw new NoAnswer('invalid_answer', 'The answer that was kept does not fit any more.');
    const source = own === undefined ? FROM_CACHE : byModel(own);
    return { value, reason: 'allowed', interactionId, ...source };
  }

  private cacheOptions(
    { name: functionName, cacheTtlSeconds }: Pick<IntelligenceFunctionDefinition, 'name' | 'cacheTtlSeconds'>,
    { signal, deadlineMs }: Deadline,
  ): CacheOptions {
    return {
      functionName,
      ttlSeconds: this.cache.ttlSeconds(cacheTtlSeconds),
      signal,
      leaseMs: deadlineMs - performance.now(),
      isOwnMatter: (error) => error instanceof NoAnswer && !holdsForOthers(error),
    };
  }

  private async twin<Input, Output>(
    fn: IntelligenceFunctionDefinition<Input, Output>,
    input: Input,
    why: Pick<FunctionAnswer<Output>, 'reason' | 'detail' | 'checks'> &
      Partial<Pick<FunctionAnswer<Output>, 'costNanoUsd' | 'sentBack'>>,
  ): Promise<FunctionAnswer<Output>> {
    const value = await fn.twin(input);
    return { value, source: 'twin', interactionId: null, costNanoUsd: 0n, sentBack: [], ...why };
  }

  /** Without secrets, and still an input of the function. */
  private redacted<Input>(
    { inputSchema }: Pick<IntelligenceFunctionDefinition<Input>, 'inputSchema'>,
    input: Input,
  ): Input {
    try {
      return inputSchema.parse(this.redactor.secrets(input as JsonValue));
    } catch {
      throw new NoAnswer(
        'redaction_failed',
        'Secrets could not be kept out of the input, so no model was asked.',
      );
    }
  }
}

const FROM_CACHE = {
  source: 'cache',
  detail: 'A model answered before.',
  costNanoUsd: 0n,
  sentBack: [],
} as const;

const byModel = ({ costNanoUsd, sentBack }: Answered) =>
  ({ source: 'model', detail: 'A model answered.', costNanoUsd, sentBack }) as const;

/** The checks after the cache, of which one refused: what stands before it had passed. */
function withFailed(
  checks: readonly GateCheck[],
  reason: NoAnswerReason,
  detail: string,
): readonly GateCheck[] {
  const check = GATE_CHECKS.find((each) => each === reason);
  if (check === undefined) return checks;
  const before = checks.filter((each) => GATE_CHECKS.indexOf(each.check) < GATE_CHECKS.indexOf(check));
  return [...before, { check, passed: false, detail }];
}

/** Why there is no answer; an error that is no `NoAnswer` is a bug and goes on as it is. */
function toNoAnswer(error: unknown, signal: AbortSignal): NoAnswer {
  if (error instanceof NoAnswer) return error;
  if (signal.aborted) return endedBy(signal);
  throw error;
}
