import type { JsonValue } from '../../../../common/json.js';
import { plainTextIn } from '../../../../workflows/domain/plain-text.js';
import { asQuestion } from './conditions.js';
import { note } from './drafted-task.js';
import type { Linker } from './linker.js';
import type { Making } from './making.js';
import { isAnaphor } from './phrases.js';
import { type Reading, readPlaces } from './places.js';
import { type Slot, takesData } from './slot.js';
import type { Supplies } from './supplies.js';
import type { TaskList } from './task-list.js';

const isWelcome = ({ hint: { onlyWith } }: Slot, given: ReadonlyMap<string, JsonValue>): boolean =>
  onlyWith === undefined || onlyWith.in.includes(given.get(onlyWith.parameter) as string);

const isPlural = (words: string): boolean => /[a-z]s$/i.test(words);

/** Finds values for the parameters of one task. */
export class Placing {
  constructor(
    private readonly list: TaskList,
    private readonly supplies: Supplies,
    private readonly linker: Linker,
  ) {}

  /** From the words, from earlier tasks, then what is usual. */
  place(making: Making): void {
    const { slots, phrases, parameters } = making;
    this.placeWords(making, readPlaces(slots.all, phrases));
    for (const { name, hint } of slots.all) {
      if (hint.clause === true) parameters.set(name, this.wholeClause(making));
      if (hint.value === undefined || parameters.has(name)) continue;
      parameters.set(name, hint.value);
      making.defaults.push(name);
      making.notes.push(note('parameter_default', `/parameters/${name}`, `${name}: as usual in plans.`));
    }
  }

  private placeWords(making: Making, { places, pinned, left }: Reading): void {
    for (const [name, { value, because }] of places) {
      making.parameters.set(name, plainTextIn(value));
      making.notes.push(note('parameter_from_text', `/parameters/${name}`, `${name}: ${because}.`));
    }
    const { clause } = making.step;
    for (const { slot, literal } of pinned)
      this.linker.link(making, slot, this.supplies.behind(literal, clause));
    const isOpen = (slot: Slot) =>
      takesData(slot) &&
      !making.parameters.has(slot.name) &&
      !slot.hint.clause &&
      isWelcome(slot, making.parameters);
    const required = making.slots.all.filter((slot) => slot.isRequired && isOpen(slot));
    for (const literal of left) {
      const slot = required.find(isOpen) ?? making.slots.all.find(isOpen);
      const supply = slot === undefined ? null : this.supplies.behind(literal, clause);
      if (slot !== undefined && supply !== null)
        this.linker.link(making, slot, this.linker.memberNamed(supply, making));
      else making.homeless.push(literal);
    }
    const wanted = required.find(isOpen) ?? this.welcome(making, required, isOpen);
    if (wanted !== undefined) this.placeData(making, wanted);
  }

  /** A few words meant as they are, all that was made before, what was made last. */
  private placeData(making: Making, slot: Slot): void {
    const { phrases, parameters, notes } = making;
    const bare = slot.hint.bare === true ? phrases.bareObject() : null;
    if (bare !== null && !isPlural(bare) && !isAnaphor(bare) && !this.linker.namesEarlier(making)) {
      parameters.set(slot.name, plainTextIn(bare));
      const message = `${slot.name}: the words say ${JSON.stringify(bare)}.`;
      notes.push(note('parameter_from_text', `/parameters/${slot.name}`, message));
    } else if (!this.linker.linkAll(making, slot))
      this.linker.link(making, slot, this.linker.madeBefore(making));
  }

  /** A parameter that may do without, where the words speak of what was made before. */
  private welcome(
    making: Making,
    required: readonly Slot[],
    isOpen: (slot: Slot) => boolean,
  ): Slot | undefined {
    if (required.length > 0) return undefined;
    const { slots, phrases } = making;
    const open = slots.all.filter(isOpen);
    const isMeant = phrases.isAnaphoric() || this.linker.namesEarlier(making);
    return open.find(({ hint }) => hint.as !== undefined) ?? (isMeant ? open[0] : undefined);
  }

  private wholeClause({ step, phrases, before, parameters, dependencies }: Making): JsonValue {
    const text = asQuestion(step.clause);
    const supply = phrases.isAnaphoric() ? this.list.nearestSupply(before) : null;
    if (supply === null || [...parameters.values()].includes(supply.handed.reference)) return text;
    dependencies.add(supply.task);
    return `${text}\n\n${supply.handed.reference}`;
  }
}
