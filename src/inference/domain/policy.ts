import type { ExecutionMode, IntelligenceLevel } from '../../common/intelligence.js';
import type { PolicyAction, Reach, Scenario } from '../../agents/domain/intelligence.js';

/** How far a model gets, by scenario and level. */
const REACH: Readonly<Record<Scenario, Readonly<Record<IntelligenceLevel, Reach>>>> = {
  error_recovery: { basic: 'rules', adaptive: 'model', intelligent: 'model', autonomous: 'model' },
  delegation_error: { basic: 'rules', adaptive: 'model', intelligent: 'model', autonomous: 'model' },
  decision: { basic: 'rules', adaptive: 'rules', intelligent: 'model', autonomous: 'model' },
  decomposition: { basic: 'no', adaptive: 'no', intelligent: 'proposes', autonomous: 'applies' },
  adaptation: { basic: 'no', adaptive: 'no', intelligent: 'proposes', autonomous: 'applies' },
};

const ANY: readonly ExecutionMode[] = ['strict', 'adaptive', 'creative'];
const MORE_THAN_STRICT: readonly ExecutionMode[] = ['adaptive', 'creative'];
const CREATIVE_ONLY: readonly ExecutionMode[] = ['creative'];

/** The modes in which a model, or a rule learned from one, may do something. */
const MODES: Readonly<Record<PolicyAction, readonly ExecutionMode[]>> = {
  retry: ANY,
  delegate: ANY,
  skip: ANY,
  ask_person: ANY,
  fail: ANY,
  adjust_parameters: MORE_THAN_STRICT,
  use_alternative: MORE_THAN_STRICT,
  compensate: MORE_THAN_STRICT,
  reorder: MORE_THAN_STRICT,
  insert_task: CREATIVE_ONLY,
  replace_task: CREATIVE_ONLY,
  remove_task: CREATIVE_ONLY,
};

/** Total. */
export const reachOf = (scenario: Scenario, level: IntelligenceLevel): Reach => REACH[scenario][level];

/** Whether a model may be asked at all. */
export const asksModel = (reach: Reach): boolean => reach !== 'no' && reach !== 'rules';

/** Total. */
export const mayDo = (action: PolicyAction, mode: ExecutionMode): boolean => MODES[action].includes(mode);

const REACH_WORDS: Readonly<Record<Reach, string>> = {
  no: 'no model may be asked',
  rules: 'rules answer',
  model: 'a model may answer',
  proposes: 'a model may propose, and a person approves',
  applies: 'a model may propose, and that is applied',
};

/** Without a model a failure is what it always was. */
const wordsOf = (scenario: Scenario, reach: Reach): string =>
  reach === 'rules' && scenario !== 'decision'
    ? 'a task fails when its retries and alternatives are used up'
    : REACH_WORDS[reach];

/** For people: what holds for a level, and from which level on a model may be asked. */
export function explainReach(scenario: Scenario, level: IntelligenceLevel): string {
  const reach = reachOf(scenario, level);
  const from = Object.entries(REACH[scenario]).find(([, each]) => asksModel(each))?.[0];
  const hint = asksModel(reach) || from === undefined ? '' : `; a model may be asked from ${from} on`;
  return `At the level ${level} ${wordsOf(scenario, reach)}${hint}.`;
}

/** For people: whether a mode allows something, and which modes do. */
export function explainAction(action: PolicyAction, mode: ExecutionMode): string {
  const modes = MODES[action];
  if (modes.length === ANY.length) return 'Every mode allows it.';
  return `${mayDo(action, mode) ? 'Allowed' : 'Not allowed'} in the mode ${mode}; it takes ${modes.join(' or ')}.`;
}
