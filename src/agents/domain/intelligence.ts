/** What a model may be asked for while a run is going on. */
export const SCENARIOS = [
  /** A task failed in a way no rule covers. */
  'error_recovery',
  /** A task could not be given to another agent. */
  'delegation_error',
  /** One of several options is to be chosen. */
  'decision',
  /** A running task is to be split into children. */
  'decomposition',
  /** The rest of a running workflow is to be changed. */
  'adaptation',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/**
 * How far a model gets in a scenario: not at all, rules answer in its place, it answers, it proposes and a person
 * approves, it proposes and that is applied.
 */
export type Reach = 'no' | 'rules' | 'model' | 'proposes' | 'applies';

/** What a model, or a rule learned from one, may do to a run. */
export const ACTIONS = [
  'retry',
  'delegate',
  'skip',
  'ask_person',
  'fail',
  'adjust_parameters',
  'use_alternative',
  'compensate',
  'reorder',
  'insert_task',
  'replace_task',
  'remove_task',
] as const;
export type PolicyAction = (typeof ACTIONS)[number];

/** What holds for an agent now, each with the reason for people. */
export interface EffectivePolicy {
  readonly scenarios: readonly {
    readonly scenario: Scenario;
    /** Whether a model may be asked. */
    readonly allowed: boolean;
    readonly reach: Reach;
    readonly reason: string;
  }[];
  readonly actions: readonly {
    readonly action: PolicyAction;
    readonly allowed: boolean;
    readonly reason: string;
  }[];
}
