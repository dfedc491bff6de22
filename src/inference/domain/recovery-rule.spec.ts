import { describe, expect, it } from '@jest/globals';
import {
  applicable,
  doubtful,
  learn,
  type RecoveryOutcome,
  type RecoveryRule,
  toLearnable,
} from './recovery-rule.js';

const rule = (changes: Partial<RecoveryRule> = {}): RecoveryRule => ({
  ...{ id: 'r', taskType: 'a.b', errorClass: 'unexpected', fingerprint: 'f', signature: 's' },
  recovery: { action: 'retry', delaySeconds: 0, parameters: {}, toAgentId: null },
  ...{ status: 'candidate', pinned: false, successes: 0, failures: 0, recent: [] },
  ...{ createdAt: new Date(0), updatedAt: new Date(0) },
  ...changes,
});
/** w: worked, f: failed. */
const after = (uses: string, from = rule()): RecoveryRule =>
  [...uses].reduce((known, use) => learn(known, use === 'w' ? 'worked' : 'failed'), from);

describe('a recovery that is learned', () => {
  it.each([
    ['', 'candidate'],
    ['ww', 'candidate'],
    ['www', 'active'],
    ['wfww', 'candidate'],
    ['wfwww', 'active'],
    ['fff', 'candidate'],
    ['wwwwf', 'demoted'],
    ['wwwfww', 'demoted'],
    ['wwwfwww', 'active'],
  ])('after %j is %s', (uses, status) => {
    expect(after(uses).status).toBe(status);
  });

  it('counts all uses and remembers ten', () => {
    const known = after('wwwwwwwwwwwwf');
    expect(known).toMatchObject({ successes: 12, failures: 1 });
    expect(known.recent).toHaveLength(10);
    expect(known.recent.at(-1)).toBe('failed');
  });

  it('is demoted within ten uses of the first that fails, wherever it stands', () => {
    for (let good = 3; good < 30; good += 1) {
      const uses = after(`${'w'.repeat(good)}f`);
      expect(uses.status).toBe('demoted');
    }
  });

  it('stays what a person made of it', () => {
    expect(after('wwwff', rule({ status: 'active', pinned: true })).status).toBe('active');
    expect(after('www', rule({ status: 'retired' })).status).toBe('retired');
  });

  it.each([
    ['retry', true],
    ['adjust_parameters', true],
    ['delegate', true],
    ['use_alternative', true],
    ['compensate', true],
    ['skip', true],
    ['ask_person', false],
    ['fail', false],
  ] as const)('may be %s: %s', (action, learnable) => {
    const recovery = { ...rule().recovery, action, toAgentId: 'x' };
    expect(toLearnable(recovery)).toEqual(learnable ? { ...recovery, toAgentId: null } : null);
  });
});

describe('of several rules', () => {
  const recent: RecoveryOutcome[] = ['worked', 'worked'];
  const rules = [
    rule({ id: 'new', status: 'candidate' }),
    rule({ id: 'good', status: 'active', recent }),
    rule({ id: 'better', status: 'active', recent: [...recent, 'worked'] }),
    rule({ id: 'pinned', status: 'active', pinned: true, recent: ['failed'] }),
    rule({ id: 'bad', status: 'demoted', recent: ['worked', 'failed'] }),
    rule({ id: 'gone', status: 'retired' }),
  ];

  it('the pinned one comes first, then what helped most of late', () => {
    expect(applicable(rules).map(({ id }) => id)).toEqual(['pinned', 'better', 'good']);
  });

  it('those that failed the last time are in doubt', () => {
    expect(doubtful(rules).map(({ id }) => id)).toEqual(['bad']);
  });
});
