import { available, type Budget, type DefaultLimits, type Scope } from './budget.js';

export interface Admission {
  /** Each once. */
  readonly scopes: readonly Scope[];
  /** Upper bound of the call, nano-dollars. */
  readonly amount: bigint;
}

/** Admitted, or the first of its scopes that has too little left. */
export type Verdict = { readonly admitted: true } | { readonly admitted: false; readonly exhausted: Scope };

/**
 * Admits in order every call that fits all its scopes; one that does not fit takes nothing and does not hold up those
 * after it. Answers the verdicts and the budgets as they are then. Every scope has to be among the budgets. A refusal is
 * counted when it is final.
 */
export function admit(
  budgets: readonly Budget[],
  calls: readonly Admission[],
  defaults: DefaultLimits,
  isFinal = true,
): { readonly verdicts: readonly Verdict[]; readonly budgets: readonly Budget[] } {
  const current = new Map(budgets.map((budget) => [budget.scope, budget]));
  const of = (scope: Scope): Budget => current.get(scope) as Budget;
  const verdicts = calls.map(({ scopes, amount }): Verdict => {
    const exhausted = scopes.find((scope) => {
      const left = available(of(scope), defaults);
      return left !== null && left < amount;
    });
    if (exhausted !== undefined) {
      const budget = of(exhausted);
      if (isFinal) current.set(exhausted, { ...budget, refusedCount: budget.refusedCount + 1n });
      return { admitted: false, exhausted };
    }
    for (const scope of scopes) {
      const budget = of(scope);
      current.set(scope, { ...budget, reserved: budget.reserved + amount });
    }
    return { admitted: true };
  });
  return { verdicts, budgets: budgets.map(({ scope }) => of(scope)) };
}
