/** What may keep a model from being asked, in the order it is looked at. */
export const GATE_CHECKS = [
  /** The feature is off, by the environment or by a switch. */
  'feature_off',
  /** The roll-out leaves this agent or workflow out. */
  'rollout_excluded',
  /** The run was started without assistance. */
  'not_assisted',
  /** The agent's intelligence level does not reach so far. */
  'level_forbids',
  /** A rule, or a recovery that proved itself, already answers. */
  'rule_known',
  /** Models have been asked about this often enough. */
  'loop_guard',
  /** No provider that could be asked. */
  'provider_unavailable',
  /** The budgets do not leave the upper bound of the call. */
  'budget_exhausted',
] as const;
export type GateCheckName = (typeof GATE_CHECKS)[number];
export type GateReason = GateCheckName | 'allowed';

export interface GateCheck {
  readonly check: GateCheckName;
  readonly passed: boolean;
  /** For people. */
  readonly detail: string;
}

export interface GateDecision {
  readonly use: boolean;
  /** The first check that refused, else `allowed`. */
  readonly reason: GateReason;
  /** Every check that was made, up to the one that refused. */
  readonly checks: readonly GateCheck[];
}

/** What refuses, by check, with the reason for people; a check that is absent passes. */
export type GateRefusals = { readonly [K in GateCheckName]?: string };

/** Checks in order; the first that refuses gives the reason. Total. */
export function passGate(refusals: GateRefusals): GateDecision {
  const checks: GateCheck[] = [];
  for (const check of GATE_CHECKS) {
    const refusal = refusals[check];
    if (refusal !== undefined)
      return { use: false, reason: check, checks: [...checks, { check, passed: false, detail: refusal }] };
    checks.push({ check, passed: true, detail: 'Nothing against it.' });
  }
  return { use: true, reason: 'allowed', checks };
}
