import { describe, expect, it } from '@jest/globals';
import { EXECUTION_MODES } from '../../common/intelligence.js';
import { ERROR_CLASSES } from '../../tasks/domain/task-error.js';
import { EFFECTS } from '../../tasks/domain/effect.js';
import {
  givesUp,
  legalActions,
  possibleActions,
  RECOVERY_ACTIONS,
  recoveryKey,
  type RecoverySituation,
} from './recovery.js';
import { type EarlierRecovery, recoverByRules } from './recovery-twin.js';

const situation = (changes: Partial<RecoverySituation> = {}): RecoverySituation => ({
  ...{ effect: 'none', optional: false, alternativesLeft: 0, hasCompensation: false, adjustable: [] },
  agentIds: [],
  ...changes,
});
const everything = situation({
  ...{ optional: true, alternativesLeft: 1, hasCompensation: true, adjustable: ['seconds'], agentIds: ['a'] },
});
const earlier = (changes: Partial<EarlierRecovery>): EarlierRecovery => ({
  ...{ action: 'retry', delaySeconds: 0, parameters: {}, toAgentId: null },
  ...changes,
});

describe('what may be done about a failed task', () => {
  it.each<[string, Partial<RecoverySituation>, string[]]>([
    ['nothing special', {}, ['retry', 'ask_person', 'fail']],
    ['adjustable parameters', { adjustable: ['x'] }, ['retry', 'adjust_parameters', 'ask_person', 'fail']],
    ['another agent', { agentIds: ['a'] }, ['retry', 'delegate', 'ask_person', 'fail']],
    ['an alternative', { alternativesLeft: 1 }, ['retry', 'use_alternative', 'ask_person', 'fail']],
    ['a compensation', { hasCompensation: true }, ['retry', 'compensate', 'ask_person', 'fail']],
    ['an optional task', { optional: true }, ['retry', 'skip', 'ask_person', 'fail']],
  ])('with %s', (_, changes, actions) => {
    expect(possibleActions(situation(changes))).toEqual(actions);
  });

  it('is all of it where all is there, and less in strict modes', () => {
    expect(legalActions(everything, 'creative')).toEqual(RECOVERY_ACTIONS);
    expect(legalActions(everything, 'adaptive')).toEqual(RECOVERY_ACTIONS);
    expect(legalActions(everything, 'strict')).toEqual(['retry', 'delegate', 'skip', 'ask_person', 'fail']);
  });

  it('repeats nothing that cannot be undone', () => {
    const actions = legalActions({ ...everything, effect: 'irreversible' }, 'creative');
    expect(actions).toEqual(['skip', 'ask_person', 'fail']);
  });
});

describe('what rules do', () => {
  it.each([
    ['transient', 'ask_person'],
    ['rate_limited', 'ask_person'],
    ['timeout', 'ask_person'],
    ['invalid_input', 'fail'],
    ['not_found', 'ask_person'],
    ['conflict', 'ask_person'],
    ['unauthorized', 'ask_person'],
    ['dependency', 'ask_person'],
    ['resource', 'ask_person'],
    ['budget', 'fail'],
    ['permanent', 'fail'],
    ['unexpected', 'ask_person'],
  ] as const)('about an error of class %s, with nothing else at hand: %s', (errorClass, action) => {
    expect(recoverByRules(errorClass, situation(), []).action).toBe(action);
  });

  it('leaves out what is optional, whatever the error', () => {
    for (const errorClass of ERROR_CLASSES)
      expect(recoverByRules(errorClass, everything, []).action).toBe('skip');
  });

  it('gives it to one agent after the other, three at most, then asks', () => {
    const given = situation({ agentIds: ['a', 'b', 'c', 'd'] });
    const tried: EarlierRecovery[] = [];
    for (const toAgentId of ['a', 'b', 'c']) {
      expect(recoverByRules('resource', given, tried)).toMatchObject({ action: 'delegate', toAgentId });
      tried.push(earlier({ action: 'delegate', toAgentId }));
    }
    expect(recoverByRules('resource', given, tried).action).toBe('ask_person');
  });

  it('clears up after a conflict, once', () => {
    const given = situation({ hasCompensation: true });
    expect(recoverByRules('conflict', given, []).action).toBe('compensate');
    expect(recoverByRules('conflict', given, [earlier({ action: 'compensate' })]).action).toBe('ask_person');
    expect(recoverByRules('timeout', given, []).action).toBe('ask_person');
  });

  it('asks about whatever cannot be undone', () => {
    const given = situation({ effect: 'irreversible', hasCompensation: true, agentIds: ['a'] });
    for (const errorClass of ERROR_CLASSES)
      expect(recoverByRules(errorClass, given, []).action).toBe('ask_person');
  });

  it('is always possible, and says why', () => {
    for (const errorClass of ERROR_CLASSES)
      for (const effect of [null, ...EFFECTS])
        for (const given of [situation(), { ...everything, optional: false }, everything]) {
          const { action, reason } = recoverByRules(errorClass, { ...given, effect }, []);
          expect(possibleActions({ ...given, effect })).toContain(action);
          expect(reason).not.toBe('');
        }
  });
});

describe('a recovery', () => {
  it.each([
    ['fail', 'ask_person', true],
    ['fail', 'skip', true],
    ['ask_person', 'delegate', true],
    ['ask_person', 'ask_person', false],
    ['retry', 'delegate', false],
    ['fail', 'fail', false],
    ['ask_person', 'fail', false],
  ] as const)('%s where rules would %s gives up: %s', (proposed, byRules, given) => {
    expect(givesUp({ action: proposed }, { action: byRules })).toBe(given);
  });

  it('is the same with parameters in another order, another with anything else', () => {
    const one = earlier({ action: 'adjust_parameters', parameters: { a: 1, b: [2] } });
    expect(recoveryKey({ ...one, parameters: { b: [2], a: 1 } })).toBe(recoveryKey(one));
    const others = [
      { ...one, parameters: { a: 1, b: [3] } },
      { ...one, delaySeconds: 1 },
      { ...one, action: 'retry' as const },
      { ...one, toAgentId: 'a' },
    ];
    expect(new Set([one, ...others].map(recoveryKey)).size).toBe(5);
  });

  it('of every mode is among those of the next', () => {
    const [strict, adaptive, creative] = EXECUTION_MODES.map((mode) => legalActions(everything, mode));
    expect(adaptive).toEqual(expect.arrayContaining(strict ?? []));
    expect(creative).toEqual(expect.arrayContaining(adaptive ?? []));
  });
});
