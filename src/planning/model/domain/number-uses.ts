import { type JsonValue } from '../../../common/json.js';
import { readForeignReference } from './foreign-reference.js';
import type { RawPlan } from './raw-plan.js';
import { listOf, nameIn, textOf } from './raw-task.js';
import { type NumberUse, readTaskNumber } from './task-number.js';

const MAX_LENGTH = 300;

/** Every text in a value of at most 100 levels. */
export function* textsIn(value: JsonValue): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* textsIn(each);
}

/** Every number that stands for a task: in dependencies, links and texts that refer. Values have at most 100 levels. */
export function numberUses({ tasks, links }: Pick<RawPlan, 'tasks' | 'links'>): NumberUse[] {
  const uses: NumberUse[] = [];
  const use = (name: string | null, from: number | null): void => {
    const number = name === null ? null : readTaskNumber(name.trim());
    if (number !== null) uses.push({ ...number, from });
  };
  for (const [from, task] of tasks.entries()) {
    for (const each of listOf(task?.dependsOn)) use(nameIn(each), from);
    for (const text of textsIn([task?.parameters ?? null, task?.when ?? null])) {
      if (text.length > MAX_LENGTH || !/\d/.test(text)) continue;
      const bare = text.replace(/^\s*"(.*)"\s*$/, '$1');
      for (const { name } of readForeignReference(bare)?.ways ?? []) use(name, from);
    }
  }
  for (const { source, target } of links) for (const end of [source, target]) use(textOf(end), null);
  return uses;
}
