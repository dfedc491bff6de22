import { bareName, NearName } from './near-name.js';
import { basesOf, type IsDeclared, type NumberUse, readTaskNumber } from './task-number.js';

/** What a task of an answer may be called by. */
export interface NamedTask {
  /** As written; null: it has none. */
  readonly rawId: string | null;
  readonly taskId: string;
  /** As written and as mended. */
  readonly rawType: string | null;
  readonly taskType: string | null;
}

const PREVIOUS = /^(?:the )?(?:previous|last|preceding)(?: (?:step|task|node|action))?$/i;

type Names = Map<string, number[]>;

function add(names: Names, name: string, index: number): void {
  if (name === '') return;
  const found = names.get(name);
  if (found === undefined) names.set(name, [index]);
  else if (found.at(-1) !== index) found.push(index);
}

/** How the tasks of one answer may be called: by id, by number, by type. */
export class PlanNames {
  private readonly ids: Names = new Map();
  private readonly bareIds: Names = new Map();
  private readonly types: Names = new Map();
  /** Pure memo. */
  private readonly bare = new Map<string, string>();
  private readonly near: NearName;
  private readonly bases: ReadonlyMap<string, number>;

  /** `uses`: the numbers that stand for tasks anywhere in the plan; `isDeclared` helps to tell what they count from. */
  constructor(
    private readonly tasks: readonly NamedTask[],
    uses: readonly NumberUse[],
    isDeclared: IsDeclared = () => false,
  ) {
    for (const [index, { rawId, rawType, taskType }] of tasks.entries()) {
      if (rawId !== null) {
        add(this.ids, rawId, index);
        add(this.bareIds, bareName(rawId), index);
      }
      for (const type of [rawType, taskType, taskType?.split('.').at(-1)])
        if (typeof type === 'string') add(this.types, bareName(type), index);
    }
    for (const [index, { taskId }] of tasks.entries())
      if (!this.ids.has(taskId)) add(this.ids, taskId, index);
    for (const [id, indexes] of [...this.bareIds])
      if (indexes.length > 1)
        for (const [at, index] of indexes.entries()) this.count(`${id}${at + 1}`, index);
    this.near = new NearName(this.ids.keys(), true);
    const byNumber = uses.filter(({ word, number }) => !this.bareIds.has(`${word}${number}`));
    this.bases = basesOf(byNumber, tasks.length, isDeclared);
  }

  /**
   * The position of the task that a name means to the task at `from`: its id, an id but for case and separators,
   * "step 3", "the previous step", its type, an id with a slip. Of several the last one before. null: none, or nobody can tell.
   */
  resolve(name: string, from: number): number | null {
    const found = this.all(name, from);
    if (found.length <= 1) return found[0] ?? null;
    return found.findLast((index) => index < from) ?? null;
  }

  /** All tasks a name may mean, in order. */
  all(name: string, from?: number): readonly number[] {
    const called = this.ids.get(name);
    if (called !== undefined) return called;
    const bare = this.bare.get(name) ?? bareName(name);
    this.bare.set(name, bare);
    return this.bareIds.get(bare) ?? this.otherwise(name, bare, from);
  }

  private otherwise(name: string, bare: string, from: number | undefined): readonly number[] {
    if (from !== undefined && from > 0 && PREVIOUS.test(name.slice(0, 40))) return [from - 1];
    return (
      this.byNumber(name) ??
      this.types.get(bare) ??
      (readTaskNumber(name) === null ? this.ids.get(this.near.find(name) ?? '') : undefined) ??
      []
    );
  }

  /** Of several tasks with one id each is also called by its count. */
  private count(name: string, index: number): void {
    if (!this.bareIds.has(name)) this.bareIds.set(name, [index]);
  }

  private byNumber(name: string): readonly number[] | null {
    const found = readTaskNumber(name.trim());
    const base = found === null ? undefined : this.bases.get(found.word);
    if (found === null || base === undefined) return null;
    const index = found.number - base;
    return index >= 0 && index < this.tasks.length ? [index] : null;
  }
}
