import { describe, expect, it } from '@jest/globals';
import { FixedPorts } from '../../../test/doubles/fixed-ports.js';
import { testLlmSettings } from '../../../test/support/test-app.js';
import type { AppConfig } from '../../config/config.js';
import type { LedgerStore, Reservation, Settlement } from '../budget/ledger.port.js';
import { Ledger } from '../budget/ledger.service.js';
import { ModelError } from '../domain/model-failure.js';
import type { ModelDescription } from '../domain/model-price.js';
import type { ModelRequest, ModelResult } from '../domain/model-request.js';
import { Redactor } from '../redaction/redactor.js';
import { Attempts } from './attempt.js';
import { ModelCalls } from './model-calls.service.js';
import { ModelGuards } from './model-guards.js';
import type { NoAnswer } from './no-answer.js';
import type { Question } from './question.js';

/** 1,000 bytes and 10 tokens: a bound of 1,000 × 1 + 10 × 100 nano-dollars. */
const DESCRIPTION: ModelDescription = {
  ...{
    provider: 'p',
    model: 'm',
    maxInputTokens: 9_999,
    maxOutputTokens: 10,
    tiers: [],
    tokenizerIsPublic: true,
  },
  prices: { inputTokens: 1_000, cachedInputTokens: 1_000, cacheWriteTokens: 1_000, outputTokens: 100_000 },
  ...{ source: '', asOf: '2026-11-23' },
};
const ANSWER: ModelResult = {
  text: 'Fine.',
  finish: { reason: 'stop', raw: 'stop' },
  usage: { inputTokens: 7, outputTokens: 1 },
  requestId: null,
};
const QUESTION: Question = {
  ...{
    interactionType: 't',
    promptVersion: 't@1',
    system: null,
    messages: [{ role: 'user', text: 'Well?' }],
  },
  ...{ maxInputBytes: 2_000, maxOutputTokens: 10, read: (text) => ({ answer: text }) },
};

class ListedLedger {
  readonly settled: Settlement[] = [];
  reserve = (calls: readonly Reservation[]) => Promise.resolve(calls.map(() => ({ admitted: true })));
  settle(settlements: readonly Settlement[]) {
    this.settled.push(...settlements);
    return Promise.resolve({ overrun: [] });
  }
}

type Generate = (request: ModelRequest, options: { readonly signal: AbortSignal }) => Promise<ModelResult>;

function ask(generate: Generate, timeoutMs = 20_000) {
  const store = new ListedLedger();
  const config = { llm: testLlmSettings({ captureContent: 'none' }) } as AppConfig;
  const ledger = new Ledger(store as unknown as LedgerStore, config);
  const calls = new ModelCalls(
    new Attempts(ledger, new Redactor([]), config, new FixedPorts()),
    new ModelGuards(),
  );
  const model = { requestBytes: () => 1_000, generate };
  const answer = calls.ask(QUESTION, {
    candidates: [{ description: DESCRIPTION, model }],
    context: { agentId: null, workflowId: null, runId: null, taskId: null },
    signal: AbortSignal.timeout(timeoutMs),
    deadlineMs: performance.now() + timeoutMs,
  });
  return { answer, store };
}
const failure = (kind: 'server_error' | 'bad_request') => new ModelError({ kind, message: kind });

describe('what a caller is told that it paid', () => {
  it('has the attempts that failed and may be billed', async () => {
    let times = 0;
    const { answer, store } = ask(() =>
      (times += 1) === 1 ? Promise.reject(failure('server_error')) : Promise.resolve(ANSWER),
    );
    expect(await answer).toMatchObject({ answer: 'Fine.', costNanoUsd: 2_107n });
    expect(store.settled.map(({ cost }) => cost)).toEqual([2_000n, 107n]);
  });

  it('is nothing for a request that was refused', async () => {
    const { answer } = ask(() => Promise.reject(failure('bad_request')));
    expect(((await answer.catch((error: unknown) => error)) as NoAnswer).costNanoUsd).toBe(0n);
  });

  it('is the bound when the deadline ends an attempt', async () => {
    const { answer } = ask(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () =>
            reject(new ModelError({ kind: 'timeout', message: 'late', billed: 'unknown' })),
          );
        }),
      30,
    );
    const error = (await answer.catch((thrown: unknown) => thrown)) as NoAnswer;
    expect(error).toMatchObject({ reason: 'timeout', costNanoUsd: 2_000n });
  });
});

describe('the id of a request', () => {
  it('is kept without what cannot be stored, and not at any length', async () => {
    const { answer, store } = ask(() =>
      Promise.resolve({ ...ANSWER, requestId: `resp_1\u0000\ud800 ${'x'.repeat(1_000)}` }),
    );
    await answer;
    expect(store.settled[0]?.requestId).toBe(`resp_1${'x'.repeat(194)}`);
  });
});
