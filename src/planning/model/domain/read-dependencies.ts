import type { JsonValue } from '../../../common/json.js';
import type { PlanNames } from './plan-names.js';
import type { RawLink, RawPlan } from './raw-plan.js';
import { listOf, nameIn, textOf } from './raw-task.js';
import { quoted, type Repairs } from './repairs.js';

/** What models write for "it waits for nothing". */
const NOTHING = new Set([
  ...[
    '',
    '-',
    '-1',
    'none',
    'null',
    'nil',
    'n/a',
    'na',
    'nothing',
    'start',
    'begin',
    'root',
    'input',
    'user',
  ],
  ...['end', 'finish', 'finished', 'output', '[]'],
]);
const MAX_PROPOSED = 20;
/** Unknown names kept of one task; a longer text is no list of names. */
const MAX_UNKNOWN = 20;
const MAX_LIST_LENGTH = 10_000;

export const meansNothing = (name: string): boolean => NOTHING.has(name.trim().toLowerCase());

/** Names of tasks in a list of them, in one of their objects, or in one text with commas. */
export function dependencyNames(raw: JsonValue | undefined, names: PlanNames): readonly (string | null)[] {
  return listOf(raw).flatMap((each) => {
    const name = nameIn(each);
    if (name === null || name.length > MAX_LIST_LENGTH || !name.includes(',') || names.all(name).length > 0)
      return [name];
    return name.split(',').map((part) => part.trim());
  });
}

/** What is known of the dependencies of one plan while they are read: positions each task waits for. */
export class DependencyReader {
  readonly found: readonly Set<number>[];
  /** Names that could not be read; they stay in the definition, so that it is never taken for whole. */
  readonly unknown: readonly string[][];

  constructor(
    private readonly taskIds: readonly string[],
    private readonly names: PlanNames,
    private readonly repairs: Repairs,
  ) {
    this.found = taskIds.map(() => new Set());
    this.unknown = taskIds.map(() => []);
  }

  /** All of a plan: positions each task waits for. */
  readAll({ tasks, links }: Pick<RawPlan, 'tasks' | 'links'>): readonly ReadonlySet<number>[] {
    for (const [from, task] of tasks.entries()) this.read(task?.dependsOn, from);
    for (const link of links) this.link(link);
    return this.found;
  }

  /** Those a task names itself. */
  private read(raw: JsonValue | undefined, from: number): void {
    const path = ['tasks', from, 'dependencies'];
    for (const name of dependencyNames(raw, this.names)) {
      if (name !== null && this.resolve(name, from, path)) continue;
      if (name !== null && meansNothing(name)) {
        if (name !== '')
          this.repairs.mended('dependency_dropped', path, `${quoted(name)} stands for no task.`);
      } else this.reject(name, from, path);
    }
  }

  /** One that stands apart. Of several tasks of a name the nearest pair is meant, each pair once. */
  private link({ source, target }: RawLink): void {
    const [from, to] = [textOf(source), textOf(target)];
    if (from === null || to === null) return this.brokenLink(source, target);
    const [sources, targets] = [this.names.all(from), this.names.all(to)];
    if (sources.length === 0 || targets.length === 0) {
      const isNothing =
        (sources.length === 0 && meansNothing(from)) || (targets.length === 0 && meansNothing(to));
      if (!isNothing) return this.brokenLink(source, target);
      const message = `${quoted(from)} before ${quoted(to)} stands for no dependency.`;
      return this.repairs.mended('dependency_dropped', ['tasks'], message);
    }
    const pair = this.nearest(sources, targets);
    if (pair === null) return this.brokenLink(source, target);
    if (pair.source === pair.target) this.dropSelf(pair.target);
    else this.add(pair.source, pair.target, from);
  }

  private resolve(name: string, from: number, path: readonly PropertyKey[]): boolean {
    const task = this.names.resolve(name, from);
    if (task === null) return false;
    if (task === from) this.dropSelf(from);
    else this.add(task, from, name, path);
    return true;
  }

  private add(source: number, target: number, name: string, path?: readonly PropertyKey[]): void {
    const id = this.taskIds[source] as string;
    if (name !== id)
      this.repairs.respelled(
        'dependency_mended',
        path ?? ['tasks', target, 'dependencies'],
        `${quoted(name)} became ${quoted(id)}.`,
      );
    this.found[target]?.add(source);
  }

  private nearest(
    sources: readonly number[],
    targets: readonly number[],
  ): { readonly source: number; readonly target: number } | null {
    const [source, target] = [sources[0] as number, targets[0] as number];
    if (sources.length === 1 && targets.length === 1) return { source, target };
    let best: { readonly source: number; readonly target: number } | null = null;
    for (const later of targets) {
      const earlier = sources.findLast((index) => index < later && this.found[later]?.has(index) !== true);
      if (earlier === undefined) continue;
      if (best === null || later - earlier < best.target - best.source)
        best = { source: earlier, target: later };
    }
    return best;
  }

  private dropSelf(from: number): void {
    this.repairs.mended('self_dependency_dropped', ['tasks', from, 'dependencies'], 'It waited for itself.');
  }

  private reject(name: string | null, from: number, path: readonly PropertyKey[]): void {
    const unknown = this.unknown[from] ?? [];
    if (unknown.length >= MAX_UNKNOWN) return;
    unknown.push(name ?? '');
    const others = this.taskIds.slice(0, MAX_PROPOSED).filter((_, index) => index !== from);
    const message = `There is no task ${quoted(name)} to depend on.`;
    this.repairs.broken('unknown_dependency', path, message, others);
  }

  private brokenLink(source: JsonValue, target: JsonValue): void {
    const message = `${quoted(source)} before ${quoted(target)}: there is no such pair of tasks.`;
    this.repairs.broken('unknown_dependency', ['tasks'], message, this.taskIds.slice(0, MAX_PROPOSED));
  }
}
