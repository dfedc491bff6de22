import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type { Issue } from '../../../common/issue.js';
import { findUnstorable } from '../../../common/storable.js';
import type { PlanDiagnostic } from '../../../workflows/domain/plan.js';
import type { CatalogueEntry, PlanningAgent } from '../../domain/catalogue-entry.js';
import { decodeValue } from './decode-value.js';
import { NearName } from './near-name.js';
import { PlanNames } from './plan-names.js';
import { type RawTask, readRawPlan } from './raw-plan.js';
import { ParameterReader } from './read-parameters.js';
import { mendReferences, type ReferenceSite } from './repair-references.js';
import { quoted, Repairs } from './repairs.js';
import { taskSlugs } from './task-slugs.js';

/** What an answer is read against. */
export interface ReadingContext {
  readonly catalogue: readonly CatalogueEntry[];
  readonly agents: readonly PlanningAgent[];
  /** What was asked for. */
  readonly request: string;
}

/** A plan as a model meant it; `issues`: what has no meaning or more than one, pointers into the definition. */
export interface ModelPlan {
  readonly definition: { readonly tasks: readonly JsonObject[] };
  readonly description: string;
  /** What was mended. */
  readonly diagnostics: readonly PlanDiagnostic[];
  readonly issues: readonly Issue[];
}

const MAX_DESCRIPTION = 4_000;
/** What models write for "it waits for nothing". */
const NOTHING = new Set(['', 'none', 'null', 'start', 'n/a', '-']);
const ANY = new Set<never>();

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Names a task uses for others, as far as they are all of a text. */
function mentionsIn({ dependsOn, parameters }: RawTask): string[] {
  const values = listOf(parameters).flatMap((each) => (isJsonObject(each) ? Object.values(each) : [each]));
  const inside = values.map((value) => /^[<{$]{1,3}([\w -]{1,40})[.>}\w]*$/.exec(textOf(value) ?? '')?.[1]);
  return [...listOf(dependsOn).map(textOf), ...inside].filter((each) => each != null);
}

/** Reads one answer; everything that is known of all its tasks. */
class PlanReader {
  readonly repairs = new Repairs();
  private readonly entries: ReadonlyMap<string, CatalogueEntry>;
  private readonly types: NearName;
  private readonly parameters = new ParameterReader(this.repairs);

  constructor(private readonly context: ReadingContext) {
    this.entries = new Map(context.catalogue.map((entry) => [entry.name, entry]));
    this.types = new NearName([...this.entries.keys()]);
  }

  read(answer: JsonValue): { readonly tasks: readonly JsonObject[]; readonly description: string } {
    const unstorable = findUnstorable(answer);
    if (unstorable !== null)
      this.repairs.broken('unstorable', unstorable.pointer, `It cannot be kept: ${unstorable.reason}.`);
    const raw = unstorable === null ? readRawPlan(answer, this.repairs) : null;
    if (raw === null) return { tasks: [], description: '' };
    const types = raw.tasks.map(({ taskType }, index) => this.typeOf(taskType, index));
    const rawIds = raw.tasks.map(({ id }) => textOf(id));
    const taskIds = taskSlugs(rawIds, types, this.repairs);
    const named = raw.tasks.map(({ taskType }, at) => ({
      ...{ rawId: rawIds[at] ?? null, taskId: taskIds[at] ?? '' },
      ...{ rawType: textOf(taskType), taskType: types[at] ?? null },
    }));
    const names = new PlanNames(named, raw.tasks.flatMap(mentionsIn));
    const tasks = raw.tasks.map((task, from) =>
      this.readTask(task, from, types[from] ?? null, names, taskIds),
    );
    return { tasks, description: raw.summary.slice(0, MAX_DESCRIPTION) };
  }

  private typeOf(raw: JsonValue | undefined, index: number): string | null {
    const name = textOf(raw);
    const found = name === null ? null : this.types.find(name);
    const pointer = `/tasks/${index}/taskType`;
    if (found === null) {
      this.repairs.broken(
        'unknown_task_type',
        pointer,
        `There is no task type ${quoted(raw)}.`,
        [...this.entries.keys()].slice(0, 30),
      );
    } else if (found !== name) {
      this.repairs.mended('task_type_mended', pointer, `${quoted(name)} became ${quoted(found)}.`);
    }
    return found;
  }

  private readTask(
    raw: RawTask,
    from: number,
    taskType: string | null,
    names: PlanNames,
    taskIds: readonly string[],
  ): JsonObject {
    const pointer = `/tasks/${from}`;
    const entry = this.entries.get(taskType ?? '');
    const referred = new Set<number>();
    const { repairs } = this;
    const { request } = this.context;
    const site: ReferenceSite = {
      names,
      taskIds,
      from,
      request,
      repairs,
      referredTo: (task) => referred.add(task),
    };
    const plain = this.parameters.read(raw.parameters, entry, `${pointer}/parameters`);
    const parameters = Object.fromEntries(
      Object.entries(plain).map(([name, value]) => [
        name,
        entry?.literalParameters.has(name)
          ? value
          : mendReferences(value, `${pointer}/parameters/${name}`, site),
      ]),
    );
    const when = this.condition(raw.when, `${pointer}/when`, site);
    const agentId = this.agent(raw.agentId, `${pointer}/agentId`);
    const description = textOf(raw.description);
    return {
      ...{ taskId: taskIds[from] ?? '', taskType: taskType ?? textOf(raw.taskType) ?? '' },
      ...(description === null ? {} : { description: description.slice(0, MAX_DESCRIPTION) }),
      ...{ parameters, dependencies: this.dependencies(raw.dependsOn, referred, site) },
      ...(when === null ? {} : { when }),
      ...(agentId === null ? {} : { agentId }),
    };
  }

  private dependencies(
    raw: JsonValue | undefined,
    referred: ReadonlySet<number>,
    site: ReferenceSite,
  ): string[] {
    const { names, taskIds, from } = site;
    const pointer = `/tasks/${from}/dependencies`;
    const found = new Set<number>();
    for (const each of listOf(raw)) {
      const name = textOf(each);
      if (name === null || NOTHING.has(name.trim().toLowerCase())) continue;
      const task = names.resolve(name, from);
      if (task === null)
        this.repairs.broken(
          'unknown_dependency',
          pointer,
          `There is no task ${quoted(name)}.`,
          taskIds.slice(0, 30),
        );
      else if (task === from)
        this.repairs.mended('self_dependency_dropped', pointer, 'It waited for itself.');
      else found.add(task);
    }
    for (const task of referred) {
      if (found.has(task) || task === from) continue;
      found.add(task);
      this.repairs.mended(
        'dependency_added',
        pointer,
        `It refers to ${quoted(taskIds[task])}, so it waits for it.`,
      );
    }
    return [...found].map((task) => taskIds[task] ?? '');
  }

  private condition(raw: JsonValue | undefined, pointer: string, site: ReferenceSite): JsonObject | null {
    const [first] = listOf(raw);
    if (first === undefined) return null;
    if (!isJsonObject(first) || typeof first['value'] !== 'string') {
      this.repairs.broken(
        'invalid_condition',
        pointer,
        'A condition is a reference and the value it has to equal.',
      );
      return null;
    }
    const value = mendReferences(first['value'], `${pointer}/value`, site);
    const comparison = ['equals', 'notEquals', 'in'].filter((name) => Object.hasOwn(first, name));
    return {
      value,
      ...Object.fromEntries(comparison.map((name) => [name, decodeValue(first[name] ?? null, ANY, true)])),
    };
  }

  private agent(raw: JsonValue | undefined, pointer: string): string | null {
    const name = textOf(raw)?.trim() ?? '';
    if (NOTHING.has(name.toLowerCase())) return null;
    const { agents } = this.context;
    const found = agents.find(({ id }) => id === name) ?? this.agentByName(name);
    if (found === undefined)
      this.repairs.broken(
        'unknown_agent',
        pointer,
        `There is no agent ${quoted(name)}.`,
        agents.slice(0, 30).map(({ id }) => id),
      );
    else if (found.id !== name)
      this.repairs.mended('agent_mended', pointer, `${quoted(name)} became ${quoted(found.id)}.`);
    return found?.id ?? null;
  }

  private agentByName(name: string): PlanningAgent | undefined {
    const near = new NearName(this.context.agents.map((agent) => agent.name)).find(name);
    const called = this.context.agents.filter((agent) => agent.name === near);
    return called.length === 1 ? called[0] : undefined;
  }
}

/** Reads what a model answered, any JSON, mending what has only one meaning. Never throws. Linear in the answer. */
export function readModelPlan(answer: JsonValue, context: ReadingContext): ModelPlan {
  const reader = new PlanReader(context);
  const { tasks, description } = reader.read(answer);
  const { diagnostics, issues } = reader.repairs;
  return { definition: { tasks }, description, diagnostics, issues };
}
