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
    ['pause', null, {}, { kind: 'unsupported', name: 'pause' }],
  ])('%s about task %s with %j', (kind, task, payload, signal) => {
    expect(readSignal(kind, task, payload)).toEqual(signal);
  });
});
