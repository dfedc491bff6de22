import { bareName } from './near-name.js';

/** How the tasks of one answer may be called: by id, by position, by type where only one has it. */
export class PlanNames {
  private readonly byName = new Map<string, number[]>();
  private readonly isZeroBased: boolean;

  /** `rawIds`: as written, by position; `taskTypes`: as mended, null where unknown; `mentions`: numbers used for tasks. */
  constructor(
    rawIds: readonly (string | null)[],
    taskIds: readonly string[],
    private readonly taskTypes: readonly (string | null)[],
    mentions: readonly string[],
  ) {
    rawIds.forEach((id, index) => {
      if (id !== null) this.add(id, index);
    });
    taskIds.forEach((id, index) => this.add(id, index));
    rawIds.forEach((id, index) => {
      if (id !== null) this.add(`~${bareName(id)}`, index);
    });
    taskTypes.forEach((type, index) => {
      if (type === null) return;
      this.add(`type ${type}`, index);
      this.add(`type ${bareName(type)}`, index);
    });
    this.isZeroBased = mentions.some((mention) => positionIn(mention) === 0);
  }

  /**
   * The position of the task a name means to the task at `from`: its id, an id that differs only in case and
   * separators, "step 3", its type. Of several with the same id the last one before. null: none or several.
   */
  resolve(name: string, from: number): number | null {
    return (
      this.latest(this.byName.get(name), from) ??
      this.latest(this.byName.get(`~${bareName(name)}`), from) ??
      this.byPosition(name) ??
      this.single(this.byName.get(`type ${name}`) ?? this.byName.get(`type ${bareName(name)}`))
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
    return index >= 0 && index < this.taskTypes.length ? index : null;
  }

  private single(found: readonly number[] | undefined): number | null {
    return found?.length === 1 ? (found[0] as number) : null;
  }
}

/** `3`, `step 3`, `task-3`, `node_3`. */
export function positionIn(name: string): number | null {
  const digits = /^(?:(?:step|task|node)[\s_-]?)?(\d{1,5})$/i.exec(name.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}
