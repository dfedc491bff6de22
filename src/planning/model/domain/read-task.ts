import type { JsonObject } from '../../../common/json.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { linkParameter } from './link-parameter.js';
import { textsIn } from './number-uses.js';
import { mediumIn } from './place-values.js';
import { nameWords } from './near-name.js';
import type { PlanNames } from './plan-names.js';
import { type RawTask, textOf } from './raw-task.js';
import type { AgentReader } from './read-agent.js';
import { readCondition } from './read-condition.js';
import type { DependencyReader } from './read-dependencies.js';
import { ParameterReader } from './read-parameters.js';
import { ReferenceMender } from './repair-references.js';
import { quoted, type Repairs } from './repairs.js';
import { RequestText } from './request-text.js';

/** What is known of all tasks of a plan before each is read. */
export interface TaskReading {
  readonly names: PlanNames;
  readonly taskIds: readonly string[];
  /** The type of each task; undefined: there is none of its name. */
  readonly entries: readonly (CatalogueEntry | undefined)[];
  readonly agents: AgentReader;
  readonly dependencies: DependencyReader;
  /** As they were written. */
  readonly tasks: readonly RawTask[];
  readonly request: string;
  readonly repairs: Repairs;
}

const MAX_DESCRIPTION = 4_000;
const MAX_SHOWN = 5;

/** The medium of the only field of a result. */
function mediumOfResult(entry: CatalogueEntry | undefined): string | null {
  const fields = Object.keys((entry?.result['properties'] ?? {}) as JsonObject);
  return fields.length === 1 ? mediumIn(nameWords(fields[0] as string)) : null;
}

/** Makes tasks of definitions out of tasks of answers. */
export class TaskReader {
  private readonly request: RequestText;
  private readonly mender: ReferenceMender;
  private readonly parameters: ParameterReader;

  constructor(private readonly reading: TaskReading) {
    const { names, taskIds, entries, repairs, tasks, dependencies } = reading;
    this.request = new RequestText(reading.request);
    this.mender = new ReferenceMender({
      ...{ names, taskIds, repairs, request: this.request },
      results: entries.map((entry) => entry?.result),
      sources: dependencies.found,
      textsOf: (task) => textsIn(tasks[task]?.parameters ?? null),
    });
    this.parameters = new ParameterReader(repairs, this.mender, (task) => mediumOfResult(entries[task]));
  }

  read(raw: RawTask, from: number): JsonObject {
    const { taskIds, entries, agents, repairs, dependencies } = this.reading;
    this.tellUnknown(raw, from);
    const entry = entries[from];
    const description = textOf(raw.description)?.slice(0, MAX_DESCRIPTION).toWellFormed() ?? '';
    const parameters = this.withLink(this.parameters.read(raw.parameters, entry, from), from);
    const when = readCondition(raw.when, from, this.mender, repairs);
    const agentId = agents.read(raw.agentId, from);
    const waitsFor = [...(dependencies.found[from] ?? [])].map((task) => taskIds[task] as string);
    return {
      ...{ taskId: taskIds[from] as string, taskType: entry?.name ?? textOf(raw.taskType) ?? '' },
      ...(description === '' ? {} : { description }),
      ...{ parameters, dependencies: [...waitsFor, ...(dependencies.unknown[from] ?? [])] },
      ...(agentId === null ? {} : { agentId }),
      ...(when === null ? {} : { when }),
    };
  }

  /** With what must have been meant for a parameter that was left out. */
  private withLink(parameters: JsonObject, from: number): JsonObject {
    const { taskIds, entries, repairs, dependencies } = this.reading;
    const entry = entries[from];
    if (entry === undefined || (dependencies.unknown[from] ?? []).length > 0) return parameters;
    const sources = [...(dependencies.found[from] ?? [])].map((task) => ({
      ...{ taskId: taskIds[task] as string, entry: entries[task] },
    }));
    const link = linkParameter(parameters, this.parameters.namesOf(entry).all, sources);
    if (link === null || this.request.opens(link.reference)) return parameters;
    const message = `It held nothing and became ${quoted(link.reference)}: the only task waited for yields it.`;
    repairs.mended('parameter_linked', ['tasks', from, 'parameters', link.name], message);
    return { ...parameters, [link.name]: link.reference };
  }

  private tellUnknown({ unknown, remarks }: RawTask, from: number): void {
    for (const name of remarks)
      this.reading.repairs.respelled('remark_dropped', ['tasks', from], `${quoted(name)} is only a remark.`);
    for (const name of unknown.slice(0, MAX_SHOWN))
      this.reading.repairs.broken('unknown_field', ['tasks', from], `A task has no ${quoted(name)}.`);
  }
}
