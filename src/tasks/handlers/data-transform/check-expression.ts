import type { Issue } from '../../../common/issue.js';
import type { CheckBudget } from '../../domain/check-budget.js';
import { compile } from './transform.job.js';

/** Parsing is linear in the length, but quadratic in the steps of a path. Measured: 30 µs and 1 µs a character. */
function costUs(expression: string): number {
  const steps = expression.split('.').length;
  return 40 + expression.length + (steps * steps) / 40;
}

/** Whether an expression is JSONata at all. The parser neither evaluates anything nor runs the patterns in it. */
export function checkExpression(expression: string, budget: CheckBudget): readonly Issue[] {
  if (!budget.spend(costUs(expression))) return [];
  const compiled = compile(expression);
  return compiled.ok ? [] : [{ code: compiled.code, pointer: '', message: compiled.message }];
}
