import { describe, expect, it } from '@jest/globals';
import { GATE_CHECKS, type GateRefusals, passGate } from './gate.js';

describe('passGate', () => {
  it('lets a question pass that nothing is against', () => {
    const decision = passGate({});
    expect(decision).toMatchObject({ use: true, reason: 'allowed' });
    expect(decision.checks.map(({ check }) => check)).toEqual([
      ...['feature_off', 'rollout_excluded', 'not_assisted', 'level_forbids', 'rule_known', 'loop_guard'],
      ...['provider_unavailable', 'budget_exhausted'],
    ]);
  });

  it.each([...GATE_CHECKS.entries()])('names the first check that refuses: %i %s', (index, check) => {
    const refusals = Object.fromEntries(GATE_CHECKS.slice(index).map((name) => [name, `${name}!`]));
    const decision = passGate(refusals as GateRefusals);
    expect(decision).toMatchObject({ use: false, reason: check });
    expect(decision.checks).toHaveLength(index + 1);
    expect(decision.checks.at(-1)).toEqual({ check, passed: false, detail: `${check}!` });
  });
});
