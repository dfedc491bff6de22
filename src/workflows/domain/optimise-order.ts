import type { JsonValue } from '../../common/json.js';
import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import { collectReferences, referencesOf } from './collect-references.js';
import { toSeconds } from './critical-path.js';
import type { Definition, TaskDefinition } from './definition.js';
import { effectsOfTasks } from './effects.js';
import { buildGraph } from './graph.js';
import { listSchedule, remainingUs } from './list-schedule.js';
import { lostOrder } from './lost-order.js';
import { impliedDependencies } from './transitive-reduction.js';
import { validateDefinition } from './validate-definition.js';

/** A dependency by names. */
export interface NamedDependency {
  readonly taskId: string;
  readonly dependency: string;
}

export interface OptimiseInput {
  /** Valid. */
  readonly definition: Definition;
  /** Whole microseconds, by position. */
  readonly durationUs: Float64Array;
  /** Who executes each task, by position; null: anybody. */
  readonly executors: readonly (string | null)[];
  /** How many tasks an executor works on at a time. */
  readonly limits: ReadonlyMap<string, number>;
  /** Dependencies somebody thinks are not real. */
  readonly unnecessary?: readonly NamedDependency[];
  findTaskType(name: string): RegisteredTaskType | undefined;
  /** Whether a task is waited for its own sake: it hands nothing on, as an approval or a timer. */
  isGate(task: TaskDefinition): boolean;
}

/** Why a dependency stays though somebody thought it is not real. */
export type KeptBecause = 'unknown' | 'carries_data' | 'is_a_gate' | 'orders_effects' | 'takes_longer';

export interface Optimised {
  readonly definition: Definition;
  /** With the limits, in seconds. */
  readonly makespanBefore: number;
  readonly makespanAfter: number;
  readonly removed: readonly (NamedDependency & { readonly why: 'implied' | 'not_needed' })[];
  readonly kept: readonly (NamedDependency & { readonly because: KeptBecause })[];
  readonly priorities: readonly {
    readonly taskId: string;
    readonly before: number;
    readonly after: number;
  }[];
}

/** `priority` counts from 0 to 9. */
const LEVELS = 10;

/** taskIds that a task refers to, wherever it does. */
function usedBy(task: TaskDefinition, literal: (taskType: string) => ReadonlySet<string>): Set<string> {
  const works = [
    task,
    ...(task.alternatives ?? []),
    ...(task.compensation === undefined ? [] : [task.compensation]),
  ];
  const templates = works.flatMap(
    ({ taskType, parameters }) => collectReferences(parameters, literal(taskType)).templates,
  );
  const condition =
    task.when === undefined ? [] : collectReferences({ value: task.when.value } as JsonValue).templates;
  const references = [...templates, ...condition].flatMap(({ template }) => referencesOf(template));
  return new Set(references.map(({ taskId }) => taskId).filter((taskId) => taskId !== null));
}

const without = (definition: Definition, dropped: readonly NamedDependency[]): Definition => {
  const byTask = Map.groupBy(dropped, ({ taskId }) => taskId);
  return {
    ...definition,
    tasks: definition.tasks.map((task) => {
      const gone = new Set(byTask.get(task.taskId)?.map(({ dependency }) => dependency));
      return gone.size === 0
        ? task
        : { ...task, dependencies: task.dependencies.filter((dependency) => !gone.has(dependency)) };
    }),
  };
};

/** Optimises one definition; every step keeps what it had where a step would make it worse. */
class Optimiser {
  private readonly byId: ReadonlyMap<string, TaskDefinition>;
  private readonly places: ReadonlyMap<string, number>;

  constructor(private readonly input: OptimiseInput) {
    this.byId = new Map(input.definition.tasks.map((task) => [task.taskId, task]));
    this.places = new Map(input.definition.tasks.map(({ taskId }, index) => [taskId, index]));
  }

  run(): Optimised {
    const { definition, unnecessary = [] } = this.input;
    const before = this.makespan(definition);
    const implied = this.implied(definition).map((each) => ({ ...each, why: 'implied' as const }));
    let current = without(definition, implied);
    const removed: Optimised['removed'][number][] = [...implied];
    const kept: Optimised['kept'][number][] = [];
    for (const each of unnecessary) {
      const because = this.refusal(each, current);
      if (because === null) {
        current = without(current, [each]);
        removed.push({ ...each, why: 'not_needed' });
      } else kept.push({ ...each, because });
    }
    const { definition: ranked, priorities } = this.prioritised(current);
    return {
      ...{ definition: ranked, removed, kept, priorities },
      ...{ makespanBefore: toSeconds(before), makespanAfter: toSeconds(this.makespan(ranked)) },
    };
  }

  /** Those that longer paths imply and that carry nothing. */
  private implied({ tasks }: Definition): NamedDependency[] {
    const graph = buildGraph(tasks);
    return impliedDependencies(graph)
      .map(({ task, dependency }) => ({
        taskId: graph.taskIds[task] as string,
        dependency: graph.taskIds[dependency] as string,
      }))
      .filter(({ taskId, dependency }) => !this.uses(taskId).has(dependency));
  }

  private refusal({ taskId, dependency }: NamedDependency, current: Definition): KeptBecause | null {
    const task = current.tasks.find((each) => each.taskId === taskId);
    if (!this.byId.has(dependency) || task?.dependencies.includes(dependency) !== true) return 'unknown';
    if (this.uses(taskId).has(dependency)) return 'carries_data';
    const candidate = without(current, [{ taskId, dependency }]);
    const lost = lostOrder(
      current.tasks,
      candidate.tasks,
      { task: this.placeOf(taskId), dependency: this.placeOf(dependency) },
      { isGate: (each) => this.input.isGate(each), hasEffect: (each) => this.hasEffect(each) },
    );
    if (lost !== null) return lost;
    const { findTaskType } = this.input;
    // What comes later may refer to what it comes after only through this task.
    if (!validateDefinition(candidate, { findTaskType }).valid) return 'carries_data';
    return this.makespan(candidate) > this.makespan(current) ? 'takes_longer' : null;
  }

  /** Those on the longest way to the end first, where that brings anything. */
  private prioritised(definition: Definition): Pick<Optimised, 'definition' | 'priorities'> {
    const unchanged = { definition, priorities: [] };
    if (this.input.limits.size === 0) return unchanged;
    const remaining = remainingUs(buildGraph(definition.tasks), this.input.durationUs);
    const distinct = [...new Set(remaining)].sort((a, b) => a - b);
    const rankOf = new Map(distinct.map((each, at) => [each, Math.floor((at * LEVELS) / distinct.length)]));
    const tasks = definition.tasks.map((task, at) => {
      const priority = rankOf.get(remaining[at] as number) ?? 0;
      return priority === (task.priority ?? 0) ? task : { ...task, priority };
    });
    const ranked = { ...definition, tasks };
    if (this.makespan(ranked) >= this.makespan(definition)) return unchanged;
    const priorities = tasks.flatMap(({ taskId, priority = 0 }, at) => {
      const before = definition.tasks[at]?.priority ?? 0;
      return priority === before ? [] : [{ taskId, before, after: priority }];
    });
    return { definition: ranked, priorities };
  }

  private makespan({ tasks }: Definition): number {
    const { durationUs, executors, limits } = this.input;
    const rank = tasks.map(({ priority }) => priority ?? 0);
    return listSchedule({ graph: buildGraph(tasks), durationUs, rank, executors, limits }).makespanUs;
  }

  private uses(taskId: string): ReadonlySet<string> {
    const task = this.byId.get(taskId);
    const { findTaskType } = this.input;
    return task === undefined
      ? new Set()
      : usedBy(task, (taskType) => findTaskType(taskType)?.literalParameters ?? new Set());
  }

  private placeOf(taskId: string): number {
    return this.places.get(taskId) as number;
  }

  private hasEffect(task: TaskDefinition): boolean {
    const { findTaskType } = this.input;
    return effectsOfTasks([task], (name) => findTaskType(name)).some((effect) => effect !== 'none');
  }
}

/**
 * Removes dependencies that others imply, and those somebody thinks are not real as far as that is safe; ranks tasks by
 * the longest way from them to the end. Never longer than before, no dependency that carries data is dropped, none is
 * added. What only orders effects, and what is waited for its own sake, stays.
 */
export const optimiseOrder = (input: OptimiseInput): Optimised => new Optimiser(input).run();

/** Of each task the dependencies that carry no data, as far as its own references say; tasks without any are missing. */
export function orderOnlyDependencies(
  { tasks }: Definition,
  findTaskType: OptimiseInput['findTaskType'],
): Map<string, readonly string[]> {
  const literal = (taskType: string) => findTaskType(taskType)?.literalParameters ?? new Set<string>();
  const found = tasks.map((task) => {
    const used = usedBy(task, literal);
    return [task.taskId, task.dependencies.filter((dependency) => !used.has(dependency))] as const;
  });
  return new Map(found.filter(([, dependencies]) => dependencies.length > 0));
}
