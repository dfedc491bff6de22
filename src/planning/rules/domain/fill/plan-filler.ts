import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import type { Literal, LiteralKind } from '../literals.js';
import type { SketchStep, StepCondition } from '../sketch.js';
import { unusedWords } from './coverage.js';
import { asQuestion, Conditions, PERSON } from './conditions.js';
import { type DraftedTask, resultReference, warning } from './drafted-task.js';
import { finishTask } from './finish-task.js';
import { Linker } from './linker.js';
import { listedWith, withOnly } from './lists.js';
import type { Gate, Making, Ready, Unplaced } from './making.js';
import { Phrases } from './phrases.js';
import { Placing } from './placing.js';
import { type Slot, slotsOf } from './slot.js';
import { Supplies } from './supplies.js';
import { TaskList } from './task-list.js';

/** A task with what its words name and it has no place for. */
interface Made {
  readonly task: DraftedTask;
  readonly homeless: readonly Literal[];
}

/** A task type that is to be used instead of another has at least this share of its score. */
const CLOSE = 0.4;
/** Whoever names one means it to be used. */
const ADDRESSES: ReadonlySet<string> = new Set(['url', 'email'] satisfies LiteralKind[]);
const MISSING = 'no task type that may be used does this';

/** Makes tasks of the steps of a sketch: values out of the words, results of earlier tasks, a person for the rest. */
export class PlanFiller {
  readonly unplaced: Unplaced[] = [];
  private readonly list = new TaskList();
  private readonly supplies: Supplies;
  private readonly linker: Linker;
  private readonly placing: Placing;
  private readonly conditions: Conditions;
  private readonly types: ReadonlyMap<string, CatalogueEntry>;
  /** The tasks of each step, by its index; absent: it could not be placed. */
  private readonly tasksOf = new Map<number, readonly number[]>();

  constructor(catalogue: readonly CatalogueEntry[]) {
    this.types = new Map(catalogue.map((entry) => [entry.name, entry]));
    this.supplies = new Supplies(catalogue, this.list);
    this.linker = new Linker(this.list, this.supplies);
    this.placing = new Placing(this.list, this.supplies, this.linker);
    this.conditions = new Conditions(this.list, this.supplies, this.types.has(PERSON));
  }

  get tasks(): readonly DraftedTask[] {
    return this.list.tasks;
  }

  /** Steps come in order. `refusal`: why no task type may do it. */
  add(step: SketchStep, index: number, refusal?: string): void {
    const before = step.after.flatMap((each) => this.tasksOf.get(each) ?? []);
    const gate = this.gateOf(step.condition, before);
    const ready = { step, gate, before: gate === null ? before : [...before, gate.decider] };
    const made = refusal === undefined ? this.place(ready) : this.leaveToPerson(ready, refusal);
    if (typeof made === 'number') this.tasksOf.set(index, [made]);
    if (made === null || typeof made === 'number') return;
    const task = this.list.add(made.task);
    // The words of a step put in are those of another, which has them.
    const left = step.isInserted ? [] : made.homeless;
    const more = left.map((literal) => this.house(literal, ready, task));
    this.tasksOf.set(index, [task, ...more.filter((each) => each !== null)]);
  }

  /** By its task type, by one that fits the words nearly as well and has all it needs, by a person. */
  private place(ready: Ready): Made | number | null {
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
  private fill(ready: Ready, entry: CatalogueEntry): Made | string {
    const { step } = ready;
    const count = this.list.tasks.length;
    const making = this.begin(ready, entry);
    const { slots, parameters } = making;
    this.placing.place(making);
    const isWhole = slots.required.some((set) => set.every((name) => parameters.has(name)));
    const address = making.homeless.find(
      (literal) => ADDRESSES.has(literal.kind) && !isListed(literal, making),
    );
    const isIdle = isWhole && making.defaults.length > 0 && making.defaults.length === parameters.size;
    const missed = isWhole && !isIdle ? this.missedBy(making, entry) : null;
    if (isWhole && !isIdle && missed === null && (address === undefined || step.isInserted))
      return { task: finishTask(making, entry, this.list, this.linker), homeless: making.homeless };
    this.list.cut(count);
    if (missed !== null) return missed;
    if (isIdle) return `nothing says what ${entry.name} works on`;
    if (isWhole) return `${entry.name} has no place for ${address?.text ?? ''}`;
    const missing = (slots.required[0] ?? []).filter((name) => !parameters.has(name)).join(', ');
    return `${entry.name} needs ${missing}, which the words do not say`;
  }

  /** Why its words ask for more than the task type does; null: they don't, it is said which it does nothing with. */
  private missedBy(
    { step, parameters, before, dependencies, notes }: Making,
    entry: CatalogueEntry,
  ): string | null {
    if (step.isInserted) return null;
    const said = [...before, ...dependencies].map((task) => this.list.tasks[task]?.clause ?? '');
    const unused = unusedWords(step, entry, parameters, said);
    if (unused === null) return null;
    if (unused.isTooMuch) return unused.message;
    notes.push(warning('words_unused', '', `${unused.message}.`));
    return null;
  }

  private begin(ready: Ready, entry: CatalogueEntry): Making {
    const { step, before } = ready;
    return {
      ...{ ...ready, slots: slotsOf(entry), phrases: new Phrases(step.clause) },
      ...{ parameters: new Map(), dependencies: new Set(before), defaults: [], homeless: [], notes: [] },
    };
  }

  /** A task for a literal that had no place in the one of its step; null: none, and that one says so. */
  private house(literal: Literal, ready: Ready, task: number): number | null {
    const again = this.repeat(literal, ready, task);
    if (again !== null) return this.list.add(again);
    const delivered = this.deliver(literal, ready, task);
    if (delivered !== null) return this.list.add(delivered);
    const { taskType, clause } = this.list.tasks[task] as DraftedTask;
    if (this.supplies.typeBehind(literal) === taskType)
      return this.supplies.behind(literal, clause)?.task ?? null;
    const message = `${JSON.stringify(literal.text.slice(0, 100))} has no place among the parameters.`;
    this.list.addNote(task, warning('literal_left', '', message));
    return null;
  }

  /** The same once more, for another of the literals that stand in a row. */
  private repeat(literal: Literal, { step, gate, before }: Ready, task: number): DraftedTask | null {
    const entry = this.types.get(this.list.tasks[task]?.taskType ?? '');
    if (entry === undefined || listedWith(step.clause, literal).length === 0) return null;
    const clause = withOnly(step.clause, literal);
    const made = this.fill({ step: { ...step, clause }, gate, before }, entry);
    return typeof made === 'string' || made.homeless.length > 0 ? null : made.task;
  }

  /** What takes the result of a task to where the words say: "… to counts.json". */
  private deliver(literal: Literal, { step, gate }: Ready, task: number): DraftedTask | null {
    const phrases = new Phrases(step.clause);
    const isPlaceFor = ({ hint: { after = [], literal: isLiteral } }: Slot) =>
      isLiteral === true && phrases.literalAfter(after, (each) => each.text === literal.text) !== null;
    const entry = [...this.types.values()].find((each) => slotsOf(each).all.some(isPlaceFor));
    if (entry === undefined || entry.name === step.taskType) return null;
    const clause = `put it to ${shown(literal)}`;
    const made = this.fill({ step: { ...step, clause, isInserted: true }, gate, before: [task] }, entry);
    return typeof made === 'string' ? null : made.task;
  }

  private gateOf(condition: StepCondition | null, before: readonly number[]): Gate | null {
    if (condition === null) return null;
    const named = condition.step === null ? null : (this.tasksOf.get(condition.step)?.[0] ?? null);
    const decision = this.conditions.decisionOf(condition, named, before);
    if (decision === null) {
      this.unplaced.push({ clause: condition.text, reason: 'nothing before says whether this holds' });
      return null;
    }
    const { task: decider, isReversed } = decision;
    const { taskId, verdict } = this.list.tasks[decider] as DraftedTask;
    const equals = condition.holds !== isReversed;
    return { decider, when: { value: resultReference(taskId, verdict), equals } };
  }

  /** A number: a person who does the very same already. */
  private leaveToPerson(ready: Ready, reason: string): Made | number | null {
    const { step } = ready;
    const same = this.list.tasks.findIndex(
      ({ taskType, clause }) => taskType === PERSON && clause === step.clause,
    );
    if (step.isInserted && same >= 0) return same;
    const entry = this.types.get(PERSON);
    if (entry === undefined) {
      this.unplaced.push({ clause: step.clause, reason });
      return null;
    }
    const making = this.begin(ready, entry);
    making.parameters.set('question', asQuestion(step.clause));
    const all = this.linker.suppliesOf(making.before);
    const references = all.map(({ handed }) => handed.reference);
    if (all.length > 0)
      making.parameters.set('details', all.length === 1 ? (references[0] as string) : references);
    for (const { task } of all) making.dependencies.add(task);
    making.notes.push(warning('left_to_person', '', `A person does this: ${reason}.`));
    return { task: finishTask(making, entry, this.list, this.linker), homeless: [] };
  }
}

/** Whether another literal in the same row has a place as it is: the same is then done with this one. */
const isListed = (literal: Literal, { step, parameters }: Making): boolean =>
  listedWith(step.clause, literal).some(({ text }) => [...parameters.values()].includes(text));

/** As it stands in a request. */
const shown = ({ kind, text }: Literal): string => (kind === 'quoted' ? `'${text}'` : text);
