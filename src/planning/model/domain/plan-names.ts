import { bareName } from './near-name.js';

/** What a task is called, as written and as mended; null: nothing. */
export interface NamedTask {
  readonly rawId: string | null;
  readonly taskId: string;
  readonly rawType: string | null;
  readonly taskType: string | null;
}

/** How the tasks of one answer may be called: by id, by position, by type where only one has it. */
export class PlanNames {
  private readonly byName = new Map<string, number[]>();
  private readonly isZeroBased: boolean;
  private readonly count: number;

  constructor(tasks: readonly NamedTask[], mentions: readonly string[]) {
    this.count = tasks.length;
    this.isZeroBased = mentions.some((mention) => positionIn(mention) === 0);
    for (const [index, { rawId, taskId, rawType, taskType }] of tasks.entries()) {
      for (const id of [rawId, taskId]) if (id !== null) this.add(id, index);
      if (rawId !== null) this.add(`~${bareName(rawId)}`, index);
      for (const type of [rawType, taskType, taskType?.split('.').at(-1) ?? null])
        if (type !== null) this.add(`type ${bareName(type)}`, index);
    }
  }

  /**
   * The position of the task a name means to the task at `from`: its id, an id that differs only in case and
   * separators, "step 3" (from 0 where any is called so), its type. Of several with the same id the last one before, of
   * several with the same type the only one before. null: none or several.
   */
  resolve(name: string, from: number): number | null {
    return (
      this.latest(this.byName.get(name), from) ??
      this.latest(this.byName.get(`~${bareName(name)}`), from) ??
      this.byPosition(name) ??
      this.single(this.byName.get(`type ${bareName(name)}`), from)
    );
  }

  private add(name: string, index: number): void {
    const list = this.byName.get(name) ?? [];
    if (!list.includes(index)) list.push(index);
    this.byName.set(name, list);
  }

  private latest(found: readonly number[] | undefined, from: number): number | null {
    if (found === undefined) return null;
    return found.length === 1 ? (found[0] as number) : (found.findLast((index) => index < from) ?? null);
  }

  private byPosition(name: string): number | null {
    const position = positionIn(name);
    if (position === null) return null;
    const index = this.isZeroBased ? position : position - 1;
    return index >= 0 && index < this.count ? index : null;
  }

  private single(found: readonly number[] | undefined, from: number): number | null {
    const before = found?.filter((index) => index < from) ?? [];
    const [only] = before.length > 0 ? before : (found ?? []);
    return only === undefined || before.length > 1 || (before.length === 0 && found?.length !== 1)
      ? null
      : only;
  }
}

/** `3`, `step 3`, `task-3`, `node_3`. */
export function positionIn(name: string): number | null {
  const digits = /^(?:(?:step|task|node)[\s_-]?)?(\d{1,5})$/i.exec(name.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}
