import type { JsonObject, JsonValue } from '../../../../common/json.js';
import { plainTextIn } from '../../../../workflows/domain/plain-text.js';
import type { PlanDiagnostic } from '../../../../workflows/domain/plan.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import type { Literal, LiteralKind } from '../literals.js';
import type { SketchStep, StepCondition } from '../sketch.js';
import { asQuestion, Conditions, PERSON } from './conditions.js';
import { type DraftedTask, type Handed, note, resultReference, warning } from './drafted-task.js';
import type { Gate, Making, Ready, Unplaced } from './making.js';
import { payloadOf, verdictOf } from './payload.js';
import { Phrases } from './phrases.js';
import { type Reading, readPlaces } from './places.js';
import { type Slot, slotsOf, takesData } from './slot.js';
import { Supplies } from './supplies.js';
import { type Supply, TaskList } from './task-list.js';

/** A task type that is to be used instead of another has at least this share of its score. */
const CLOSE = 0.4;
/** Whoever names one means it to be used. */
const ADDRESSES: ReadonlySet<string> = new Set(['url', 'email'] satisfies LiteralKind[]);
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
    this.conditions = new Conditions(this.list, this.supplies, this.types.has(PERSON));
  }

  get tasks(): readonly DraftedTask[] {
    return this.list.tasks;
  }

  /** Steps come in order. `refusal`: why no task type may do it. */
  add(step: SketchStep, index: number, refusal?: string): void {
    const before = step.after.map((each) => this.taskOf.get(each)).filter((task) => task !== undefined);
    const gate = this.gateOf(step.condition, before);
    const ready = { step, gate, before: gate === null ? before : [...before, gate.decider] };
    const task = refusal === undefined ? this.place(ready) : this.leaveToPerson(ready, refusal);
    if (task !== null) this.taskOf.set(index, this.list.add(task));
  }

  /** By its task type, by one that fits the words nearly as well and has all it needs, by a person. */
  private place(ready: Ready): DraftedTask | null {
    const { step } = ready;
    const [best] = step.candidates;
    const close = step.candidates.filter(({ score }) => best !== undefined && score >= CLOSE * best.score);
    const names = step.taskType === null ? [] : [step.taskType, ...close.map(({ taskType }) => taskType)];
    let reason: string | undefined;
    for (const name of new Set(names)) {
      const entry = this.types.get(name);
      const placed = entry === undefined ? MISSING : this.fill(ready, entry);
      if (typeof placed !== 'string') return placed;
      reason ??= placed;
    }
    return this.leaveToPerson(ready, reason ?? MISSING);
  }

  /** The task, or why there is none; then nothing stays of what was put in for it. */
  private fill(ready: Ready, entry: CatalogueEntry): DraftedTask | string {
    const { step } = ready;
    const count = this.list.tasks.length;
    const making = this.begin(ready, entry);
    const { slots, phrases, parameters } = making;
    this.placeWords(making, readPlaces(slots.all, phrases));
    for (const { name, hint } of slots.all) {
      if (hint.clause === true) parameters.set(name, this.wholeClause(making));
      if (hint.value === undefined || parameters.has(name)) continue;
      parameters.set(name, hint.value);
      making.defaults.push(name);
      making.notes.push(note('parameter_default', `/parameters/${name}`, `${name}: as usual in plans.`));
    }
    const isWhole = slots.required.some((set) => set.every((name) => parameters.has(name)));
    const address = making.homeless.find(({ kind }) => ADDRESSES.has(kind));
    if (isWhole && (address === undefined || step.isInserted)) return this.finish(making, entry);
    this.list.cut(count);
    if (isWhole) return `${entry.name} has no place for ${address?.text ?? ''}`;
    const missing = (slots.required[0] ?? []).filter((name) => !parameters.has(name)).join(', ');
    return `${entry.name} needs ${missing}, which the words do not say`;
  }

  private begin(ready: Ready, entry: CatalogueEntry): Making {
    const { step, before } = ready;
    return {
      ...{ ...ready, slots: slotsOf(entry), phrases: new Phrases(step.clause) },
      ...{ parameters: new Map(), dependencies: new Set(before), defaults: [], homeless: [], notes: [] },
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
      if (slot !== undefined && supply !== null) this.link(making, slot, supply);
      else this.noteLeft(making, literal, supply);
    }
    const wanted = required.find(isOpen) ?? this.welcome(making, required, isOpen);
    if (wanted !== undefined) this.link(making, wanted, this.madeBefore(making));
  }

  /** Nothing the words hold is lost silently. */
  private noteLeft({ notes, homeless }: Making, literal: Literal, supply: Supply | null): void {
    const { text } = literal;
    homeless.push(literal);
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
    { step, gate, parameters: given, dependencies, defaults, notes }: Making,
    entry: CatalogueEntry,
  ): DraftedTask {
    const parameters = Object.fromEntries(given);
    const payload = payloadOf(entry, parameters);
    const taskId = this.list.nextId(step.clause);
    const handed =
      payload === null
        ? (this.list.nearestSupply(dependencies)?.handed ?? null)
        : { reference: resultReference(taskId, payload.field), types: payload.types };
    return {
      ...{
        taskId,
        taskType: entry.name,
        clause: step.clause,
        parameters,
        dependencies,
        when: gate?.when ?? null,
        handed,
      },
      ...{
        seconds: secondsOf(entry, parameters),
        verdict: verdictOf(entry),
        defaults,
        notes: [chosen(step, entry.name), ...notes],
      },
    };
  }

  private gateOf(condition: StepCondition | null, before: readonly number[]): Gate | null {
    if (condition === null) return null;
    const named = condition.step === null ? null : (this.taskOf.get(condition.step) ?? null);
    const decider = this.conditions.deciderOf(condition, named, before);
    if (decider === null) {
      this.unplaced.push({ clause: condition.text, reason: 'nothing before says whether this holds' });
      return null;
    }
    const { taskId, verdict } = this.list.tasks[decider] as DraftedTask;
    return { decider, when: { value: resultReference(taskId, verdict), equals: condition.holds } };
  }

  private leaveToPerson(ready: Ready, reason: string): DraftedTask | null {
    const { step } = ready;
    const entry = this.types.get(PERSON);
    if (entry === undefined) {
      this.unplaced.push({ clause: step.clause, reason });
      return null;
    }
    const making = this.begin(ready, entry);
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
