import { describe, expect, it } from '@jest/globals';
import { INTELLIGENCE_LEVELS } from '../../common/intelligence.js';
import { passGate } from '../../llm/domain/gate.js';
import { type Situation, verdictsOf } from './verdicts.js';

const situation = (changes: Partial<Situation> = {}): Situation => ({
  ...{ scenario: 'error_recovery', intelligenceLevel: 'adaptive', assisted: true, knownRule: null },
  assistedRecoveries: { ofTask: 0, ofRun: 0 },
  ...changes,
});
const reasonOf = (changes: Partial<Situation>) => passGate(verdictsOf(situation(changes))).reason;

describe('what speaks against a model', () => {
  it('is nothing where the level allows it', () => {
    expect(verdictsOf(situation())).toEqual({});
    expect(verdictsOf(situation({ assisted: null }))).toEqual({});
  });

  it.each<[string, Partial<Situation>, string]>([
    ['a run without assistance', { assisted: false, intelligenceLevel: 'basic' }, 'not_assisted'],
    ['the level', { intelligenceLevel: 'basic', knownRule: 'Known.' }, 'level_forbids'],
    ['a rule', { knownRule: 'Known.', assistedRecoveries: { ofTask: 3, ofRun: 3 } }, 'rule_known'],
    ['three recoveries of the task', { assistedRecoveries: { ofTask: 3, ofRun: 3 } }, 'loop_guard'],
    ['twenty recoveries of the run', { assistedRecoveries: { ofTask: 2, ofRun: 20 } }, 'loop_guard'],
    ['nothing below that', { assistedRecoveries: { ofTask: 2, ofRun: 19 } }, 'allowed'],
  ])('%s comes first where more do', (_, changes, reason) => {
    expect(reasonOf(changes)).toBe(reason);
  });

  it('is the level below intelligent for a decision', () => {
    const reasons = INTELLIGENCE_LEVELS.map((intelligenceLevel) =>
      reasonOf({ scenario: 'decision', intelligenceLevel }),
    );
    expect(reasons).toEqual(['level_forbids', 'level_forbids', 'allowed', 'allowed']);
  });

  it('names the numbers', () => {
    const { loop_guard } = verdictsOf(situation({ assistedRecoveries: { ofTask: 1, ofRun: 21 } }));
    expect(loop_guard).toBe('Models have helped in this run 21 times; 20 is the most.');
  });
});
