import { describe, expect, it } from '@jest/globals';
import { ACTIONS, SCENARIOS } from '../../agents/domain/intelligence.js';
import { EXECUTION_MODES, INTELLIGENCE_LEVELS } from '../../common/intelligence.js';
import { asksModel, explainAction, explainReach, mayDo, reachOf } from './policy.js';

describe('what a level allows', () => {
  it.each([
    // scenario, basic, adaptive, intelligent, autonomous
    ['error_recovery', 'rules', 'model', 'model', 'model'],
    ['delegation_error', 'rules', 'model', 'model', 'model'],
    ['decision', 'rules', 'rules', 'model', 'model'],
    ['decomposition', 'no', 'no', 'proposes', 'applies'],
    ['adaptation', 'no', 'no', 'proposes', 'applies'],
  ] as const)('%s: %s, %s, %s, %s', (scenario, ...reaches) => {
    expect(INTELLIGENCE_LEVELS.map((level) => reachOf(scenario, level))).toEqual(reaches);
  });

  it('has a row for every scenario', () => {
    for (const scenario of SCENARIOS)
      for (const level of INTELLIGENCE_LEVELS) expect(explainReach(scenario, level)).toContain(level);
  });

  it('never lets a model be asked at the lowest level, and never less at a higher one', () => {
    for (const scenario of SCENARIOS) {
      const asked = INTELLIGENCE_LEVELS.map((level) => asksModel(reachOf(scenario, level)));
      expect(asked[0]).toBe(false);
      expect(asked).toEqual([...asked].sort());
    }
  });

  it.each([
    ['decision', 'adaptive', 'At the level adaptive rules answer; a model may be asked from intelligent on.'],
    ['adaptation', 'intelligent', 'At the level intelligent a model may propose, and a person approves.'],
  ] as const)('explains %s at %s', (scenario, level, text) => {
    expect(explainReach(scenario, level)).toBe(text);
  });
});

describe('what a mode allows', () => {
  it.each([
    // action, strict, adaptive, creative
    ['retry', true, true, true],
    ['delegate', true, true, true],
    ['skip', true, true, true],
    ['ask_person', true, true, true],
    ['fail', true, true, true],
    ['adjust_parameters', false, true, true],
    ['use_alternative', false, true, true],
    ['compensate', false, true, true],
    ['reorder', false, true, true],
    ['insert_task', false, false, true],
    ['replace_task', false, false, true],
    ['remove_task', false, false, true],
  ] as const)('%s: %s, %s, %s', (action, ...allowed) => {
    expect(EXECUTION_MODES.map((mode) => mayDo(action, mode))).toEqual(allowed);
  });

  it('has a row for every action', () => {
    for (const action of ACTIONS)
      for (const mode of EXECUTION_MODES) expect(explainAction(action, mode)).not.toBe('');
  });

  it.each([
    ['retry', 'strict', 'Every mode allows it.'],
    ['compensate', 'strict', 'Not allowed in the mode strict; it takes adaptive or creative.'],
    ['insert_task', 'creative', 'Allowed in the mode creative; it takes creative.'],
  ] as const)('explains %s in %s', (action, mode, text) => {
    expect(explainAction(action, mode)).toBe(text);
  });
});
