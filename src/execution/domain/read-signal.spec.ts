import { describe, expect, it } from '@jest/globals';
import { readSignal } from './read-signal.js';

describe('a stored signal', () => {
  it.each([
    ['cancel', null, { by: 'ada' }, { kind: 'cancel', by: 'ada' }],
    ['cancel', null, null, { kind: 'cancel', by: 'unknown' }],
    ['approve', 3, { by: 'ada', comment: 'ok' }, { kind: 'approve', task: 3, by: 'ada', comment: 'ok' }],
    ['reject', 0, { by: 'ada' }, { kind: 'reject', task: 0, by: 'ada', comment: null }],
    ['reject', 0, ['x'], { kind: 'reject', task: 0, by: 'unknown', comment: null }],
    ['approve', null, { by: 'ada' }, { kind: 'unsupported', name: 'approve' }],
    ['pause', null, { by: 'ada' }, { kind: 'pause', by: 'ada' }],
    ['resume', null, {}, { kind: 'resume', by: 'unknown' }],
    [
      'complete',
      1,
      { by: 'ada', result: { answer: 4, by: 'ada' } },
      { kind: 'complete', task: 1, by: 'ada', result: { json: '{"answer":4,"by":"ada"}' } },
    ],
    [
      'resolve',
      1,
      { by: 'ada', outcome: 'succeeded', isLarge: true },
      { kind: 'resolve', task: 1, by: 'ada', outcome: 'succeeded', comment: null, result: { payload: true } },
    ],
    [
      'resolve',
      1,
      { by: 'ada', outcome: 'retry', comment: 'not there' },
      { kind: 'resolve', task: 1, by: 'ada', outcome: 'retry', comment: 'not there', result: null },
    ],
    ['resolve', 1, { by: 'ada', outcome: 'maybe' }, { kind: 'unsupported', name: 'resolve' }],
    ['cancelTask', 2, { by: 'ada' }, { kind: 'cancelTask', task: 2, by: 'ada' }],
    ['retryTask', 2, { by: 'ada' }, { kind: 'retryTask', task: 2, by: 'ada' }],
    ['delegate', 2, { by: 'ada', toAgentId: 'x' }, { kind: 'delegate', task: 2, by: 'ada', toAgentId: 'x' }],
    ['delegate', 2, { by: 'ada' }, { kind: 'unsupported', name: 'delegate' }],
    [
      'spawn',
      2,
      { by: 'ada', id: 'u', agentId: 'x', definition: { taskType: 't' } },
      { kind: 'spawn', task: 2, by: 'ada', id: 'u', agentId: 'x', definition: { taskType: 't' } },
    ],
    ['spawn', 2, { by: 'ada', id: 'u', agentId: 'x' }, { kind: 'unsupported', name: 'spawn' }],
    ['dance', 2, {}, { kind: 'unsupported', name: 'dance' }],
  ])('%s about task %s with %j', (kind, task, payload, signal) => {
    expect(readSignal(kind, task, payload)).toEqual(signal);
  });
});
