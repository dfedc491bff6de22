import type { Issue } from '../../common/issue.js';
import { type JsonObject, jsonPointer } from '../../common/json.js';
import { sentence } from '../../common/wording.js';
import { CheckBudget } from '../../tasks/domain/check-budget.js';
import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import type { ParameterCheck } from '../../tasks/domain/task-type.js';

type Check = ParameterCheck<unknown>;

/** A check of another team may have a fault; it must not make a definition impossible to look at. */
function callCheck(check: Check, value: unknown, budget: CheckBudget): readonly Issue[] {
  try {
    return check(value, budget).map((issue) => ({ ...issue, message: sentence(issue.message) }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ code: 'invalid_parameters', pointer: '', message: sentence(`Cannot be checked: ${reason}`) }];
  }
}

/** The checks of one definition: one budget for all of them, and equal texts are looked at once. */
export class ValueChecks {
  private readonly budget = new CheckBudget();
  private readonly known = new Map<Check, Map<string, readonly Issue[]>>();

  /** Issues of the parameters that are there and sound; pointers into the parameters. */
  run(
    { parameterChecks }: RegisteredTaskType,
    parameters: JsonObject,
    isSound: (name: string) => boolean,
  ): readonly Issue[] {
    const issues: Issue[] = [];
    for (const [name, check] of parameterChecks) {
      if (!Object.hasOwn(parameters, name) || !isSound(name)) continue;
      for (const issue of this.one(check, parameters[name]))
        issues.push({ ...issue, pointer: jsonPointer([name]) + issue.pointer });
    }
    return issues;
  }

  /** Issues of one value; pointers into it. */
  one(check: Check, value: unknown): readonly Issue[] {
    if (typeof value !== 'string') return value === undefined ? [] : callCheck(check, value, this.budget);
    const texts = this.known.get(check) ?? new Map<string, readonly Issue[]>();
    this.known.set(check, texts);
    const found = texts.get(value) ?? callCheck(check, value, this.budget);
    texts.set(value, found);
    return found;
  }
}
