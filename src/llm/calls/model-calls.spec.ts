import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  aCandidate,
  aModelResult,
  aQuestion,
  ModelCallsTest,
} from '../../../test/support/llm/model-calls-test.js';
import { ModelError } from '../domain/model-failure.js';

const fails =
  (...kinds: readonly ConstructorParameters<typeof ModelError>[0]['kind'][]) =>
  (): Promise<never> =>
    Promise.reject(new ModelError({ kind: kinds[0] ?? 'unreadable', message: 'As told.' }));
const strict = aQuestion({
  read: (text) =>
    text === 'right' ? { answer: text } : { issues: [{ code: 'x', pointer: '', message: 'No.' }] },
});

describe('ModelCalls', () => {
  it('tells what failed attempts may have cost, with an answer and without', async () => {
    const test = new ModelCallsTest();
    const answer = await test.ask([
      aCandidate(fails('unreadable'), 'one'),
      aCandidate(() => Promise.resolve(aModelResult('Fine.')), 'two'),
    ]);
    expect(test.outcomes).toEqual(['failed_unreadable', 'answered']);
    const [failed, answered] = test.ledger.settled;
    expect(failed?.cost).toBe(test.ledger.reserved[0]?.bound);
    expect(answered?.cost).toBe(15n);
    expect(answer.costNanoUsd).toBe(test.booked);

    const other = new ModelCallsTest();
    const failure = await other.fail([aCandidate(fails('unreadable'))]);
    expect(failure.costNanoUsd).toBe(other.booked);
    expect(other.booked).toBeGreaterThan(0n);
  });

  it('an answer that is too long to be repaired is an invalid answer', async () => {
    const test = new ModelCallsTest();
    const long = aCandidate(() => Promise.resolve(aModelResult('x'.repeat(5_000))));
    const other = aCandidate(() => Promise.resolve(aModelResult('right')), 'two');
    const failure = await test.fail([long, other], { question: strict });
    expect(failure).toMatchObject({ reason: 'invalid_answer', detail: 'The answer does not fit: No.' });
    expect(test.outcomes).toEqual(['invalid']);
  });

  it('writes into the log what a provider threw that is no ModelError', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const test = new ModelCallsTest();
    await test.fail([aCandidate(() => Promise.reject(new TypeError('x is not a function')))]);
    await test.fail([aCandidate(fails('unreadable'))]);
    const texts = logged.mock.calls.map(([text]) => String(text));
    logged.mockRestore();
    expect(texts).toEqual([expect.stringContaining('The provider test threw something else')]);
    expect(texts[0]).toContain('x is not a function');
  });

  it('books an answer that its reader cannot read, and has it repaired', async () => {
    const test = new ModelCallsTest();
    const answers = ['wrong', 'right'];
    const question = aQuestion({
      read: (text) => {
        if (text === 'wrong') throw new TypeError('Cannot read properties of undefined');
        return { answer: text };
      },
    });
    const model = aCandidate(() => Promise.resolve(aModelResult(answers.shift() ?? '')));
    expect((await test.ask([model], { question })).answer).toBe('right');
    expect(test.outcomes).toEqual(['invalid', 'answered']);
  });

  it('waits as long as the provider says where the deadline allows it', async () => {
    const test = new ModelCallsTest();
    let asked = 0;
    const busy = aCandidate(() => {
      asked += 1;
      if (asked === 2) return Promise.resolve(aModelResult('Fine.'));
      return Promise.reject(new ModelError({ kind: 'rate_limited', message: 'Busy.', retryAfterMs: 600 }));
    });
    const startedAt = performance.now();
    expect((await test.ask([busy], { timeoutMs: 750 })).answer).toBe('Fine.');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(595);
  });

  it('ends at its deadline, also where a provider does not', async () => {
    const test = new ModelCallsTest();
    const deaf = aCandidate(() => new Promise(() => undefined));
    const startedAt = performance.now();
    expect((await test.fail([deaf], { timeoutMs: 50 })).reason).toBe('timeout');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(test.outcomes).toEqual(['failed_timeout']);
    expect(test.booked).toBe(test.ledger.reserved[0]?.bound);
  });

  it('ends at its deadline, also where the budgets do not answer; what they admit later is given back', async () => {
    const test = new ModelCallsTest();
    const late = Promise.withResolvers<void>();
    test.ledger.before = () => late.promise;
    let asked = 0;
    const model = aCandidate(() => {
      asked += 1;
      return Promise.resolve(aModelResult('Fine.'));
    });
    expect((await test.fail([model], { timeoutMs: 50 })).reason).toBe('timeout');
    late.resolve();
    await new Promise(setImmediate);
    expect(asked).toBe(0);
    expect(test.ledger.settled).toMatchObject([{ outcome: 'failed_aborted', cost: 0n }]);
  });

  it('a provider that throws before it is asked counts as one that failed', async () => {
    const test = new ModelCallsTest();
    const broken = aCandidate(() => Promise.resolve(aModelResult('Fine.')));
    const throws = { ...broken.model, requestBytes: () => Buffer.byteLength(undefined as never) };
    const two = aCandidate(() => Promise.resolve(aModelResult('Fine.')), 'two');
    expect((await test.ask([{ ...broken, model: throws }, two])).model).toBe('two');
    expect(test.outcomes).toEqual(['answered']);
  });

  it('a caller that gives no reason for its abort is told of it', async () => {
    const test = new ModelCallsTest();
    const controller = new AbortController();
    const model = aCandidate(() => {
      controller.abort(null);
      return new Promise(() => undefined);
    });
    const asked = test.calls.ask(aQuestion(), {
      ...{ candidates: [model], signal: controller.signal, deadlineMs: performance.now() + 1_000 },
      context: { agentId: null, workflowId: null, runId: null, taskId: null },
    });
    await expect(asked).rejects.toMatchObject({ reason: 'aborted' });
  });
});
