/** A task by its number: `step 3`, `<node-3>`, `tasks[3]`. */
export interface TaskNumber {
  /** `step`, `task`, `node`, `index` of a list, '' for a number alone: each may count from 0 or from 1. */
  readonly word: string;
  readonly number: number;
}

/** Where one is used; `from`: position of the task that uses it, null where none does. */
export interface NumberUse extends TaskNumber {
  readonly from: number | null;
}

const NUMBER = /^(?:(step|task|node|index)[\s_-]?)?#?(\d{1,5})$/i;

export function readTaskNumber(name: string): TaskNumber | null {
  const found = name.length > 20 ? null : NUMBER.exec(name);
  return found === null ? null : { word: (found[1] ?? '').toLowerCase(), number: Number(found[2]) };
}

/** Whether all uses name a task there is, and one before their own, where `isStrict`. */
function fits(uses: readonly NumberUse[], base: number, count: number, isStrict: boolean): boolean {
  return uses.every(({ number, from }) => {
    const target = number - base;
    return target >= 0 && target < (isStrict && from !== null ? from : count) && target !== from;
  });
}

/** What people mean where nothing else tells: a step is counted, an index starts at 0. */
const USUAL: ReadonlyMap<string, number> = new Map([
  ['step', 1],
  ['index', 0],
]);

/** Whether the plan says elsewhere that a task waits for another; both are positions. */
export type IsDeclared = (from: number, target: number) => boolean;

/** The base under which uses agree with what is declared, where under the other none does. */
function declaredBase(uses: readonly NumberUse[], isDeclared: IsDeclared): number | null {
  const agreeing = [0, 1].filter((base) =>
    uses.some(({ number, from }) => from !== null && isDeclared(from, number - base)),
  );
  return agreeing.length === 1 ? (agreeing[0] as number) : null;
}

/** 0 or 1: what a word counts from, where only one of them makes sense; null: nobody can tell. */
function baseOf(
  word: string,
  uses: readonly NumberUse[],
  count: number,
  isDeclared: IsDeclared,
): number | null {
  for (const isStrict of [true, false]) {
    const bases = [0, 1].filter((base) => fits(uses, base, count, isStrict));
    if (bases.length === 1) return bases[0] as number;
    if (bases.length === 2) return declaredBase(uses, isDeclared) ?? USUAL.get(word) ?? null;
  }
  // Some name no task; a 0 still tells what the others count from.
  return uses.some(({ number }) => number === 0) ? 0 : null;
}

/** What each word counts from in one plan of `count` tasks, from all its uses. */
export function basesOf(
  uses: readonly NumberUse[],
  count: number,
  isDeclared: IsDeclared,
): ReadonlyMap<string, number> {
  const bases = new Map<string, number>();
  for (const [word, all] of Map.groupBy(uses, (use) => use.word)) {
    const base = baseOf(word, all, count, isDeclared);
    if (base !== null) bases.set(word, base);
  }
  return bases;
}
