import type { JsonObject, JsonValue } from '../../../../common/json.js';
import type { WhenCondition } from '../../../../workflows/domain/definition.js';
import { plainTextIn } from '../../../../workflows/domain/plain-text.js';
import type { PlanDiagnostic } from '../../../../workflows/domain/plan.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import type { Literal } from '../literals.js';
import type { SketchStep, StepCondition } from '../sketch.js';
import { asQuestion, Conditions, PERSON } from './conditions.js';
import { type DraftedTask, type Handed, note, resultReference, warning } from './drafted-task.js';
import { payloadOf, verdictOf } from './payload.js';
import { Phrases } from './phrases.js';
import { type Reading, readPlaces } from './places.js';
import { type Slot, type Slots, slotsOf, takesData } from './slot.js';
import { Supplies } from './supplies.js';
import { type Supply, TaskList } from './task-list.js';

/** A clause that even a person cannot be asked to do: `human.task` is not in the catalogue. */
export interface Unplaced {
  readonly clause: string;
  readonly reason: string;
}

/** The parameters of one task in the making. */
interface Making {
  readonly step: SketchStep;
  readonly slots: Slots;
  readonly phrases: Phrases;
  /** Tasks of the steps it comes right after. */
  readonly before: readonly number[];
  readonly parameters: Map<string, JsonValue>;
  readonly dependencies: Set<number>;
  /** Names of parameters nobody asked for. */
  readonly defaults: string[];
  readonly notes: PlanDiagnostic[];
}

/** A task type that is to be used instead of another has at least this share of its score. */
const CLOSE = 0.4;
const MISSING = 'nothing in the catalogue does this';

/** Makes tasks of the steps of a sketch: values out of the words, results of earlier tasks, a person for the rest. */
export class PlanFiller {
  readonly unplaced: Unplaced[] = [];
  private readonly list = new TaskList();
  private readonly supplies: Supplies;
  private readonly conditions: Conditions;
  private readonly types: ReadonlyMap<string, CatalogueEntry>;
  /** The task of each step, by its index; absent: it could not be placed. */
  private readonly taskOf = new Map<number, number>();

  constructor(catalogue: readonly CatalogueEntry[]) {
    this.types = new Map(catalogue.map((entry) => [entry.name, entry]));
    this.supplies = new Supplies(catalogue, this.list);
    this.conditions = new Conditions(this.list, this.types.has(PERSON));
  }

  get tasks(): readonly DraftedTask[] {
    return this.list.tasks;
  }

  /** Steps come in order. `refusal`: why no task type may do it. */
  add(step: SketchStep, index: number, refusal?: string): void {
    const task = refusal === undefined ? this.place(step) : this.leaveToPerson(step, refusal);
    if (task !== null) this.taskOf.set(index, this.list.add(task));
  }

  /** By its task type, by one that fits the words nearly as well and has all it needs, by a person. */
  private place(step: SketchStep): DraftedTask | null {
    const [best] = step.candidates;
    const close = step.candidates.filter(({ score }) => best !== undefined && score >= CLOSE * best.score);
    const names = step.taskType === null ? [] : [step.taskType, ...close.map(({ taskType }) => taskType)];
    let reason: string | undefined;
    for (const name of new Set(names)) {
      const entry = this.types.get(name);
      const placed = entry === undefined ? MISSING : this.fill(step, entry);
      if (typeof placed !== 'string') return placed;
      reason ??= placed;
    }
    return this.leaveToPerson(step, reason ?? MISSING);
  }

  /** The task, or why there is none; then nothing stays of what was put in for it. */
  private fill(step: SketchStep, entry: CatalogueEntry): DraftedTask | string {
    const count = this.list.tasks.length;
    const making = this.begin(step, entry);
    const { slots, phrases, parameters } = making;
    this.placeWords(making, readPlaces(slots.all, phrases));
    for (const { name, hint } of slots.all) {
      if (hint.clause === true) parameters.set(name, this.wholeClause(making));
      if (hint.value === undefined || parameters.has(name)) continue;
      parameters.set(name, hint.value);
      making.defaults.push(name);
      making.notes.push(note('parameter_default', `/parameters/${name}`, `${name}: as usual in plans.`));
    }
    if (slots.required.some((set) => set.every((name) => parameters.has(name))))
      return this.finish(making, entry);
    this.list.cut(count);
    const missing = (slots.required[0] ?? []).filter((name) => !parameters.has(name)).join(', ');
    return `${entry.name} needs ${missing}, which the words do not say`;
  }

  private begin(step: SketchStep, entry: CatalogueEntry): Making {
    const before = step.after.map((each) => this.taskOf.get(each)).filter((task) => task !== undefined);
    return {
      ...{ step, before, slots: slotsOf(entry), phrases: new Phrases(step.clause) },
      ...{ parameters: new Map(), dependencies: new Set(before), defaults: [], notes: [] },
    };
  }

  private placeWords(making: Making, { places, pinned, left }: Reading): void {
    for (const [name, { value, because }] of places) {
      making.parameters.set(name, plainTextIn(value));
      making.notes.push(note('parameter_from_text', `/parameters/${name}`, `${name}: ${because}.`));
    }
    const { clause } = making.step;
    for (const { slot, literal } of pinned) this.link(making, slot, this.supplies.behind(literal, clause));
    const isOpen = (slot: Slot) =>
      takesData(slot) &&
      !making.parameters.has(slot.name) &&
      !slot.hint.clause &&
      isWelcome(slot, making.parameters);
    const required = making.slots.all.filter((slot) => slot.isRequired && isOpen(slot));
    for (const literal of left) {
      const slot = required.find(isOpen) ?? making.slots.all.find(isOpen);
      const supply = this.supplies.behind(literal, clause);
      if (slot !== undefined) this.link(making, slot, supply);
      else this.noteLeft(making, literal, supply);
    }
    const wanted = required.find(isOpen) ?? this.welcome(making, required, isOpen);
    if (wanted !== undefined) this.link(making, wanted, this.madeBefore(making));
  }

  /** Nothing the words hold is lost silently. */
  private noteLeft({ notes }: Making, { text }: Literal, supply: Supply | null): void {
    const what = `${JSON.stringify(text.slice(0, 100))} has no place among the parameters`;
    const message = supply === null ? what : `${what}; ${this.list.idOf(supply.task)} gets it all the same`;
    notes.push(warning('literal_left', '', `${message}.`));
  }

  /** A parameter that may do without, where the words speak of what was made before. */
  private welcome(
    { slots, phrases }: Making,
    required: readonly Slot[],
    isOpen: (slot: Slot) => boolean,
  ): Slot | undefined {
    if (required.length > 0) return undefined;
    const open = slots.all.filter(isOpen);
    return open.find(({ hint }) => hint.as !== undefined) ?? (phrases.isAnaphoric() ? open[0] : undefined);
  }

  private madeBefore({ before, phrases, slots }: Making): Supply | null {
    const supply = this.list.nearestSupply(before);
    const readsObject = slots.all.some(({ hint }) => hint.object !== undefined || hint.clause === true);
    return supply === null || readsObject ? supply : this.supplies.memberOf(supply, phrases.object());
  }

  private link({ parameters, dependencies, notes }: Making, slot: Slot, supply: Supply | null): void {
    const found = supply !== null && isTable(parameters) ? this.supplies.rowsOf(supply) : supply;
    if (found === null || !fits(slot, found.handed)) return;
    const { reference } = found.handed;
    const { name, hint } = slot;
    parameters.set(name, hint.as === undefined ? reference : { [hint.as]: reference });
    dependencies.add(found.task);
    const message = `${name}: what ${this.list.idOf(found.task)} yields.`;
    notes.push(note('parameter_linked', `/parameters/${name}`, message));
  }

  private wholeClause({ step, phrases, before, parameters, dependencies }: Making): JsonValue {
    const text = asQuestion(step.clause);
    const supply = phrases.isAnaphoric() ? this.list.nearestSupply(before) : null;
    if (supply === null || [...parameters.values()].includes(supply.handed.reference)) return text;
    dependencies.add(supply.task);
    return `${text}\n\n${supply.handed.reference}`;
  }

  private finish(
    { step, parameters: given, dependencies, before, defaults, notes }: Making,
    entry: CatalogueEntry,
  ): DraftedTask {
    const parameters = Object.fromEntries(given);
    const payload = payloadOf(entry, parameters);
    const when = this.when(step.condition, before, dependencies);
    const taskId = this.list.nextId(step.clause);
    const handed =
      payload === null
        ? (this.list.nearestSupply(dependencies)?.handed ?? null)
        : { reference: resultReference(taskId, payload.field), types: payload.types };
    return {
      ...{ taskId, taskType: entry.name, clause: step.clause, parameters, dependencies, when, handed },
      ...{
        seconds: secondsOf(entry, parameters),
        verdict: verdictOf(entry),
        defaults,
        notes: [chosen(step, entry.name), ...notes],
      },
    };
  }

  private when(
    condition: StepCondition | null,
    before: readonly number[],
    dependencies: Set<number>,
  ): WhenCondition | null {
    if (condition === null) return null;
    const named = condition.step === null ? null : (this.taskOf.get(condition.step) ?? null);
    const decider = this.conditions.deciderOf(condition, named, before);
    if (decider === null) {
      this.unplaced.push({ clause: condition.text, reason: 'nothing before says whether this holds' });
      return null;
    }
    dependencies.add(decider);
    const { taskId, verdict } = this.list.tasks[decider] as DraftedTask;
    return { value: resultReference(taskId, verdict), equals: condition.holds };
  }

  private leaveToPerson(step: SketchStep, reason: string): DraftedTask | null {
    const entry = this.types.get(PERSON);
    if (entry === undefined) {
      this.unplaced.push({ clause: step.clause, reason });
      return null;
    }
    const making = this.begin(step, entry);
    making.parameters.set('question', asQuestion(step.clause));
    const supply = this.list.nearestSupply(making.before);
    if (supply !== null) making.parameters.set('details', supply.handed.reference);
    if (supply !== null) making.dependencies.add(supply.task);
    making.notes.push(warning('left_to_person', '', `A person does this: ${reason}.`));
    return this.finish(making, entry);
  }
}

const isWelcome = ({ hint: { onlyWith } }: Slot, given: ReadonlyMap<string, JsonValue>): boolean =>
  onlyWith === undefined || onlyWith.in.includes(given.get(onlyWith.parameter) as string);

/** Whether rows are written: a map of values is none. */
const isTable = (given: ReadonlyMap<string, JsonValue>): boolean => given.get('format') === 'csv';

/** A structure does not go into text, nor text where a structure is wanted. */
function fits({ types, hint }: Slot, { types: handed }: Handed): boolean {
  if (types.size === 0 || handed.size === 0 || hint.as !== undefined) return true;
  return [...handed].some((type) => types.has(type)) || (types.has('number') && handed.has('integer'));
}

function secondsOf({ hints }: CatalogueEntry, parameters: JsonObject): number | null {
  const seconds = hints.secondsIn === undefined ? undefined : parameters[hints.secondsIn];
  return typeof seconds === 'number' ? seconds : null;
}

function chosen({ clause, candidates, isInserted }: SketchStep, taskType: string): PlanDiagnostic {
  const because = candidates.find((each) => each.taskType === taskType)?.because ?? [];
  const words = because.length > 0 ? ` for ${because.slice(0, 4).join(', ')}` : '';
  const next = candidates.find((each) => each.taskType !== taskType);
  const other = next === undefined ? '' : `; next best ${next.taskType}`;
  const message = `${JSON.stringify(clause.slice(0, 200))}: ${taskType} ${isInserted ? 'added' : 'chosen'}${words}${other}.`;
  return note('task_type_chosen', '/taskType', message);
}
