import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admit, type Admission } from './admit.js';
import type { Budget, Scope } from './budget.js';

const DEFAULTS = { total: 100n, workflow: 1_000n };
const budget = (scope: Scope, limit: bigint | null): Budget => ({
  ...{ scope, limit, spent: 0n, reserved: 0n, overrun: 0n, refusedCount: 0n },
  ...{ period: 'none', periodStart: null, periodBase: 0n, closedAt: null },
});

describe('admit', () => {
  it('admits in order what fits; what does not fit holds nobody up', () => {
    const calls: Admission[] = [60n, 50n, 40n].map((amount) => ({ scopes: ['total'], amount }));
    const { verdicts, budgets } = admit([budget('total', 100n)], calls, DEFAULTS);
    expect(verdicts).toEqual([
      { admitted: true },
      { admitted: false, exhausted: 'total' },
      { admitted: true },
    ]);
    expect(budgets[0]).toMatchObject({ reserved: 100n, refusedCount: 1n });
  });

  it('takes nothing anywhere from a call that does not fit one of its scopes', () => {
    const calls: Admission[] = [{ scopes: ['total', 'agent:a'], amount: 10n }];
    const { verdicts, budgets } = admit([budget('total', null), budget('agent:a', 9n)], calls, DEFAULTS);
    expect(verdicts).toEqual([{ admitted: false, exhausted: 'agent:a' }]);
    expect(budgets).toMatchObject([
      { reserved: 0n, refusedCount: 0n },
      { reserved: 0n, refusedCount: 1n },
    ]);
  });

  it('never lets reserved and spent exceed a limit, and refuses nothing that fits', () => {
    const scopes = ['total', 'workflow:w', 'agent:a'] as const;
    const call = fc.record({
      scopes: fc.subarray([...scopes], { minLength: 1 }),
      amount: fc.bigInt({ min: 0n, max: 40n }),
    });
    const limits = fc.tuple(...scopes.map(() => fc.option(fc.bigInt({ min: 0n, max: 120n }))));
    fc.assert(
      fc.property(limits, fc.array(call, { maxLength: 30 }), (given, calls) => {
        const budgets = scopes.map((scope, index) => budget(scope, given[index] ?? null));
        const result = admit(budgets, calls, DEFAULTS);
        const left = new Map<Scope, bigint>(
          scopes.map((scope, index) => [
            scope,
            given[index] ?? { total: 100n, 'workflow:w': 1_000n, 'agent:a': 1n << 60n }[scope],
          ]),
        );
        for (const [index, { scopes: wanted, amount }] of calls.entries()) {
          const fits = wanted.every((scope) => (left.get(scope) as bigint) >= amount);
          expect(result.verdicts[index]?.admitted).toBe(fits);
          if (fits) for (const scope of wanted) left.set(scope, (left.get(scope) as bigint) - amount);
        }
        for (const amount of left.values()) expect(amount).toBeGreaterThanOrEqual(0n);
      }),
    );
  });
});
