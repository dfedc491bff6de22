import { describe, expect, it } from '@jest/globals';
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
});
