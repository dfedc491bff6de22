import type { AppConfig } from '../../../src/config/config.js';
import type { Reservation, Settlement } from '../../../src/llm/budget/ledger.port.js';
import type { Ledger } from '../../../src/llm/budget/ledger.service.js';
import { Attempts } from '../../../src/llm/calls/attempt.js';
import type { Candidate } from '../../../src/llm/calls/candidates.js';
import { ModelCalls } from '../../../src/llm/calls/model-calls.service.js';
import { ModelGuards } from '../../../src/llm/calls/model-guards.js';
import { NoAnswer } from '../../../src/llm/calls/no-answer.js';
import type { Answered, Question } from '../../../src/llm/calls/question.js';
import type { ModelResult } from '../../../src/llm/domain/model-request.js';
import type { LanguageModel } from '../../../src/llm/providers/language-model-provider.js';
import type { Redactor } from '../../../src/llm/redaction/redactor.js';
import { FixedPorts } from '../../doubles/fixed-ports.js';
import { testLlmSettings } from '../test-app.js';

/** Admits every call unless told otherwise, and remembers. */
export class RecordingLedger {
  readonly reserved: Reservation[] = [];
  readonly settled: Settlement[] = [];
  /** Instead of admitting at once. */
  before: () => Promise<void> = () => Promise.resolve();

  async reserve(call: Reservation): Promise<{ admitted: true }> {
    this.reserved.push(call);
    await this.before();
    return { admitted: true };
  }

  settle(settlement: Settlement): void {
    this.settled.push(settlement);
  }
}

const noRedaction = {
  secretsInText: (text: string) => text,
  knownInText: (text: string) => text,
  personalInText: (text: string) => text,
  onlyPersonalInText: (text: string) => text,
} as Redactor;

export function aModelResult(text: string, changes: Partial<ModelResult> = {}): ModelResult {
  const usage = { inputTokens: 10, outputTokens: 5 };
  return { text, finish: { reason: 'stop', raw: 'stop' }, usage, requestId: null, ...changes };
}

/** A model of 1,000 pico-dollars a token, in and out. */
export function aCandidate(generate: LanguageModel['generate'], name = 'one'): Candidate {
  const price = 1_000;
  return {
    model: { requestBytes: (request) => JSON.stringify(request).length, generate },
    description: {
      ...{ provider: 'test', model: name, maxInputTokens: 10_000, maxOutputTokens: 1_000, tiers: [] },
      prices: {
        ...{ inputTokens: price, cachedInputTokens: price, cacheWriteTokens: price, outputTokens: price },
      },
      ...{ tokenizerIsPublic: true, source: 'test', asOf: '2026-11-01' },
    },
  };
}

export function aQuestion(changes: Partial<Question> = {}): Question {
  return {
    ...{ interactionType: 'test', promptVersion: 'test@1', system: null, maxInputBytes: 4_096 },
    messages: [{ role: 'user', text: 'How are you?' }],
    maxOutputTokens: 100,
    read: (text) => ({ answer: text }),
    ...changes,
  };
}

/** `ModelCalls` on a ledger in memory. */
export class ModelCallsTest {
  readonly ledger = new RecordingLedger();
  readonly calls: ModelCalls;

  constructor() {
    const config = { llm: testLlmSettings() } as AppConfig;
    const attempts = new Attempts(this.ledger as unknown as Ledger, noRedaction, config, new FixedPorts());
    this.calls = new ModelCalls(attempts, new ModelGuards());
  }

  /** With a deadline of its own, after which `signal` aborts too. */
  ask(
    candidates: readonly Candidate[],
    { question = aQuestion(), timeoutMs = 5_000 }: { question?: Question; timeoutMs?: number } = {},
  ): Promise<Answered> {
    return this.calls.ask(question, {
      candidates,
      context: { agentId: null, workflowId: null, runId: null, taskId: null },
      signal: AbortSignal.timeout(timeoutMs),
      deadlineMs: performance.now() + timeoutMs,
    });
  }

  /** The same, where no model gives an answer. */
  async fail(...asked: Parameters<ModelCallsTest['ask']>): Promise<NoAnswer> {
    try {
      await this.ask(...asked);
    } catch (error) {
      if (error instanceof NoAnswer) return error;
      throw new Error('Not a NoAnswer', { cause: error });
    }
    throw new Error('It was answered.');
  }

  get outcomes(): readonly string[] {
    return this.ledger.settled.map(({ outcome }) => outcome);
  }

  get booked(): bigint {
    return this.ledger.settled.reduce((sum, { cost }) => sum + cost, 0n);
  }
}
