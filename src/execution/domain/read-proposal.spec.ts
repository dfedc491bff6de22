import { describe, expect, it } from '@jest/globals';
import { readProposal } from './read-proposal.js';

const because = { source: 'model', reason: 'because' };
const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error('hands off');
    },
  },
);

describe('what an advisor answered', () => {
  it.each([
    [{ action: 'retry', delayMs: 500 }],
    [{ action: 'alternative' }],
    [{ action: 'skip', details: { seen: [1] } }],
    [{ action: 'retry', delayMs: 0, parameters: { seconds: 5 } }],
    [{ action: 'delegate', toAgentId: '01920000-0000-7000-8000-00000000000b' }],
    [{ action: 'compensate' }],
    [{ action: 'ask_person', question: 'Again?', choices: ['retry', 'fail'], facts: { tried: 1 } }],
    [{ action: 'fail' }],
  ])('is a proposal (%j)', (action) => {
    expect(readProposal({ ...action, ...because })).toEqual({ proposal: { ...action, ...because } });
  });

  it('loses what cannot be stored of its texts, and what nobody knows', () => {
    const answer = {
      action: 'ask_person',
      question: 'Go\u0000?',
      choices: ['fail'],
      source: 'm',
      reason: '\ud800',
      cost: 1,
    };
    const read = readProposal(answer);
    expect(JSON.stringify(read)).not.toMatch(/u0000|ud800|cost/);
    expect(read).toHaveProperty('proposal.action', 'ask_person');
  });

  it.each([
    ['nothing', undefined],
    ['no object', 'retry'],
    ['an object that throws', hostile],
    ['an unknown action', { action: 'dance', ...because }],
    ['no delay', { action: 'retry', ...because }],
    ['a delay that is no number', { action: 'retry', delayMs: Number.NaN, ...because }],
    ['an endless delay', { action: 'retry', delayMs: Number.POSITIVE_INFINITY, ...because }],
    ['a delay beyond all calendars', { action: 'retry', delayMs: 1e300, ...because }],
    ['a delay into the past', { action: 'retry', delayMs: -1, ...because }],
    ['no question', { action: 'ask_person', ...because }],
    ['nothing to choose from', { action: 'ask_person', question: '?', choices: [], ...because }],
    ['an agent that is no id', { action: 'delegate', toAgentId: 'bob', ...because }],
    ['no reason', { action: 'fail', source: 'model' }],
    ['details that are not JSON', { action: 'fail', details: { n: 1n }, ...because }],
    ['details with NUL', { action: 'fail', details: { n: 'a\u0000' }, ...because }],
    ['large details', { action: 'fail', details: { n: 'x'.repeat(33_000) }, ...because }],
  ])('is refused: %s', (_what, answer) => {
    expect(readProposal(answer)).toEqual({ refused: expect.stringMatching(/./) });
  });
});
