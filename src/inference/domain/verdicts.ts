import type { IntelligenceLevel } from '../../common/intelligence.js';
import type { Scenario } from '../../agents/domain/intelligence.js';
import type { GateRefusals } from '../../llm/domain/gate.js';
import { asksModel, explainReach, reachOf } from './policy.js';

/** Recoveries a model may help with, for one task and for one run. */
export const MAX_ASSISTED_OF_TASK = 3;
export const MAX_ASSISTED_OF_RUN = 20;

/** What the gate looks at, apart from switches, providers and budgets. */
export interface Situation {
  readonly scenario: Scenario;
  readonly intelligenceLevel: IntelligenceLevel;
  /** Whether the run was started with assistance; null: there is no run. */
  readonly assisted: boolean | null;
  /** For people: the rule that already answers; null: none. */
  readonly knownRule: string | null;
  /** Recoveries that models helped with before. */
  readonly assistedRecoveries: { readonly ofTask: number; readonly ofRun: number };
}

/** What speaks against a model. Pure and total. */
export function verdictsOf(situation: Situation): GateRefusals {
  const { scenario, intelligenceLevel, assisted, knownRule, assistedRecoveries } = situation;
  const loop = loopOf(assistedRecoveries);
  return {
    ...(assisted === false ? { not_assisted: 'The run was started without the help of models.' } : {}),
    ...(asksModel(reachOf(scenario, intelligenceLevel))
      ? {}
      : { level_forbids: explainReach(scenario, intelligenceLevel) }),
    ...(knownRule === null ? {} : { rule_known: knownRule }),
    ...(loop === null ? {} : { loop_guard: loop }),
  };
}

function loopOf({ ofTask, ofRun }: Situation['assistedRecoveries']): string | null {
  if (ofTask >= MAX_ASSISTED_OF_TASK)
    return `Models have helped this task ${ofTask} times; ${MAX_ASSISTED_OF_TASK} is the most.`;
  if (ofRun >= MAX_ASSISTED_OF_RUN)
    return `Models have helped in this run ${ofRun} times; ${MAX_ASSISTED_OF_RUN} is the most.`;
  return null;
}
