import type { Issue } from '../../../common/issue.js';
import type { JsonObject, JsonValue } from '../../../common/json.js';
import { findUnstorable } from '../../../common/storable.js';
import { NearestNames } from '../../../workflows/domain/nearest-names.js';
import type { PlanDiagnostic } from '../../../workflows/domain/plan.js';
import type { CatalogueEntry, PlanningAgent } from '../../domain/catalogue-entry.js';
import { missingDependencies } from './imply-dependencies.js';
import { numberUses } from './number-uses.js';
import { type NamedTask, PlanNames } from './plan-names.js';
import { findTasks, type RawPlan, readRawPlan } from './raw-plan.js';
import { type RawTask, textOf } from './raw-task.js';
import { AgentReader } from './read-agent.js';
import { DependencyReader } from './read-dependencies.js';
import { quoted, Repairs } from './repairs.js';
import { TaskReader } from './read-task.js';
import { taskSlugs } from './task-slugs.js';
import { TypeNames } from './type-names.js';

/** What an answer is read against. */
export interface ReadingContext {
  readonly catalogue: readonly CatalogueEntry[];
  readonly agents: readonly PlanningAgent[];
  /** What was asked for. */
  readonly request: string;
  /** Default: 500, more than any answer holds. */
  readonly maxTasks?: number;
}

/** A plan as a model meant it; `issues`: what has no meaning or more than one, pointers into the definition. */
export interface ModelPlan {
  /** Its tasks by position as they were answered; not checked. */
  readonly definition: { readonly tasks: readonly JsonValue[] };
  readonly description: string;
  /** What was mended: `warning` where something was added, left out or guessed. */
  readonly diagnostics: readonly PlanDiagnostic[];
  readonly issues: readonly Issue[];
}

const MAX_ANSWERED_TASKS = 500;
const MAX_DESCRIPTION = 4_000;
/** More proposals help nobody. */
const MAX_PROPOSALS = 50;
const NO_TASK: RawTask = {
  ...{ id: undefined, taskType: undefined, description: undefined, parameters: undefined },
  ...{ dependsOn: undefined, when: undefined, agentId: undefined, unknown: [], remarks: [] },
};

/** Reads one answer; everything that is known of all its tasks. */
class PlanReader {
  readonly repairs = new Repairs();
  private readonly entries: ReadonlyMap<string, CatalogueEntry>;
  private readonly types: TypeNames;
  private readonly proposals: NearestNames;
  private unknown = 0;

  constructor(private readonly context: ReadingContext) {
    this.entries = new Map(context.catalogue.map((entry) => [entry.name, entry]));
    this.types = new TypeNames([...this.entries.values()]);
    this.proposals = new NearestNames(this.entries.keys());
  }

  read(answer: unknown): Pick<ModelPlan, 'definition' | 'description'> {
    const raw = this.rawPlan(answer);
    if (raw === null) return { definition: { tasks: [] }, description: '' };
    const description = raw.summary.trim().slice(0, MAX_DESCRIPTION).toWellFormed();
    return { definition: { tasks: this.withMissing(this.readTasks(raw)) }, description };
  }

  private rawPlan(answer: unknown): RawPlan | null {
    const { repairs } = this;
    const { maxTasks = MAX_ANSWERED_TASKS } = this.context;
    const found = findTasks(answer);
    const count = found?.list.length ?? 0;
    if (count > maxTasks) {
      const message = `A plan has at most ${maxTasks} tasks, this one has ${count}.`;
      repairs.broken('too_many_tasks', ['tasks'], message);
      return null;
    }
    const unstorable = findUnstorable(answer);
    if (unstorable !== null)
      repairs.broken('unreadable_plan', [], `It cannot be kept: ${unstorable.reason}.`);
    else if (found === null) repairs.broken('tasks_missing', ['tasks'], 'There is no list of tasks.');
    if (found === null || unstorable !== null) return null;
    const judge = {
      isType: (text: string) => this.entries.has(text),
      isNear: (text: string) => this.types.find(text) !== null,
    };
    return readRawPlan(found, answer as JsonValue, judge, repairs);
  }

  private readTasks(raw: RawPlan): JsonObject[] {
    const { repairs, context } = this;
    const tasks = raw.tasks.map((task) => task ?? NO_TASK);
    const types = tasks.map((task, index) => this.typeOf(task, raw.tasks[index] === null, index));
    const rawIds = tasks.map(({ id }) => textOf(id)?.trim() ?? null);
    const taskIds = taskSlugs(rawIds, types, repairs);
    const named = taskIds.map((taskId, index) => ({
      ...{ taskId, rawId: rawIds[index] ?? null, taskType: types[index] ?? null },
      rawType: textOf(tasks[index]?.taskType),
    }));
    const names = this.namesOf(named, raw);
    const dependencies = new DependencyReader(taskIds, names, repairs);
    dependencies.readAll(raw);
    const entries = types.map((type) => this.entries.get(type ?? ''));
    const agents = new AgentReader(context.agents, repairs);
    const { request } = context;
    const reader = new TaskReader({ names, taskIds, entries, agents, dependencies, tasks, request, repairs });
    return tasks.map((task, from) => reader.read(task, from));
  }

  private namesOf(tasks: readonly NamedTask[], raw: RawPlan): PlanNames {
    const names = new PlanNames(tasks, []);
    const uses = numberUses(raw);
    if (uses.length === 0) return names;
    // What waits for what by name tells what numbers count from.
    const ids = tasks.map(({ taskId }) => taskId);
    const declared = new DependencyReader(ids, names, new Repairs()).readAll(raw);
    return new PlanNames(tasks, uses, (from, target) => declared[from]?.has(target) === true);
  }

  private typeOf({ taskType }: RawTask, isMissing: boolean, index: number): string | null {
    const name = textOf(taskType);
    if (isMissing) {
      this.repairs.broken('invalid_task', ['tasks', index], 'A task is an object.');
      return null;
    }
    const found = name === null ? null : this.types.find(name.trim());
    const path = ['tasks', index, 'taskType'];
    if (found === null) {
      const message = `There is no task type ${quoted(taskType)}.`;
      this.unknown += 1;
      const allowed = this.unknown > MAX_PROPOSALS ? undefined : this.proposals.propose(name ?? '');
      this.repairs.broken('unknown_task_type', path, message, allowed);
    } else if (found.isDescribed) {
      const message = `${quoted(name)} became ${quoted(found.name)}, the only one that is described by it.`;
      this.repairs.mended('task_type_by_description', path, message);
    } else if (found.name !== name) {
      this.repairs.respelled('task_type_mended', path, `${quoted(name)} became ${quoted(found.name)}.`);
    }
    return found?.name ?? null;
  }

  /** What a task refers to it waits for. */
  private withMissing(tasks: readonly JsonObject[]): JsonObject[] {
    const missing = missingDependencies(
      tasks.map((task) => ({
        ...(task as { taskId: string; dependencies: string[]; parameters: JsonObject; when?: JsonValue }),
        literalParameters: this.entries.get(textOf(task['taskType']) ?? '')?.literalParameters ?? new Set(),
      })),
    );
    return tasks.map((task, index) => {
      const added = missing.get(index) ?? [];
      for (const id of added) {
        const message = `It uses the result of ${quoted(id)}, so it waits for it.`;
        this.repairs.mended('dependency_added', ['tasks', index, 'dependencies'], message);
      }
      return added.length === 0
        ? task
        : { ...task, dependencies: [...(task['dependencies'] as string[]), ...added] };
    });
  }
}

/**
 * Reads what a model answered, any JSON, mending what has only one meaning: a plan read before comes out as it was.
 * Never throws. Linear in the answer.
 */
export function readModelPlan(answer: unknown, context: ReadingContext): ModelPlan {
  const reader = new PlanReader(context);
  const read = reader.read(answer);
  const { diagnostics, issues } = reader.repairs;
  return { ...read, diagnostics, issues };
}
