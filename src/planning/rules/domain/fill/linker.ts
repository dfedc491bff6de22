import type { JsonObject, JsonValue } from '../../../../common/json.js';
import { termsOf } from '../terms.js';
import { type Handed, note } from './drafted-task.js';
import type { Making } from './making.js';
import { headOf } from './phrases.js';
import { isData, type Slot, type Slots } from './slot.js';
import type { Supplies } from './supplies.js';
import type { Supply, TaskList } from './task-list.js';

const TEXT_FILE = /\.(?:md|txt)$/i;

/** Whether it goes into a file of text. */
const isForText = (given: ReadonlyMap<string, JsonValue>): boolean =>
  [...given.values()].some((value) => typeof value === 'string' && TEXT_FILE.test(value));

/** A structure does not go into text, nor text where a structure is wanted. */
function fits({ types, hint }: Slot, { types: handed }: Handed): boolean {
  if (types.size === 0 || handed.size === 0 || hint.as !== undefined) return true;
  return [...handed].some((type) => types.has(type)) || (types.has('number') && handed.has('integer'));
}

/** Puts results of earlier tasks into parameters. */
export class Linker {
  constructor(
    private readonly list: TaskList,
    private readonly supplies: Supplies,
  ) {}

  /** Whether the object of the verb is among the words of what comes right before. */
  namesEarlier({ before, phrases }: Making): boolean {
    const object = phrases.object();
    if (object === null) return false;
    const said = new Set(before.flatMap((task) => termsOf(this.list.tasks[task]?.clause ?? '')));
    return termsOf(headOf(object)).some((term) => said.has(term));
  }

  /** "Both" of what several tasks before made: texts one below the other, other data as a list. */
  linkAll({ before, phrases, parameters, dependencies, notes }: Making, slot: Slot): boolean {
    const all = this.suppliesOf(before);
    if (all.length < 2 || !phrases.isAboutAll() || slot.hint.as !== undefined) return false;
    const isText =
      isForText(parameters) || all.every(({ handed: { types } }) => types.size === 1 && types.has('string'));
    if (!isText && slot.types.size > 0 && !slot.types.has('array')) return false;
    const references = all.map(({ handed }) => handed.reference);
    parameters.set(slot.name, isText ? references.join('\n') : references);
    for (const { task } of all) dependencies.add(task);
    const from = all.map(({ task }) => this.list.idOf(task)).join(' and ');
    notes.push(note('parameter_linked', `/parameters/${slot.name}`, `${slot.name}: what ${from} yield.`));
    return true;
  }

  /** What these tasks, or those before them, hand on; each once. */
  suppliesOf(tasks: readonly number[]): Supply[] {
    const found = tasks.map((task) => this.list.nearestSupply([task])).filter((supply) => supply !== null);
    return [...new Map(found.map((supply) => [supply.handed.reference, supply])).values()];
  }

  /** What came right before, or the member of it that the words name. */
  madeBefore(making: Making): Supply | null {
    const supply = this.list.nearestSupply(making.before);
    return supply === null ? null : this.memberNamed(supply, making);
  }

  /** "The items" of it, where the task type itself has no parameter for that. */
  memberNamed(supply: Supply, { phrases, slots }: Making): Supply {
    const readsObject = slots.all.some(({ hint }) => hint.object !== undefined || hint.clause === true);
    return readsObject ? supply : this.supplies.memberOf(supply, phrases.object());
  }

  /** Nothing happens where it does not fit. */
  link({ parameters, dependencies, notes }: Making, slot: Slot, supply: Supply | null): void {
    const found = supply === null ? null : this.inForm(supply, parameters);
    if (found === null || !fits(slot, found.handed)) return;
    const { reference } = found.handed;
    const { name, hint } = slot;
    parameters.set(name, hint.as === undefined ? reference : { [hint.as]: reference });
    dependencies.add(found.task);
    const message = `${name}: what ${this.list.idOf(found.task)} yields.`;
    notes.push(note('parameter_linked', `/parameters/${name}`, message));
  }

  /** Rows for a table, text for a text file. */
  private inForm(supply: Supply, given: ReadonlyMap<string, JsonValue>): Supply {
    if (given.get('format') === 'csv') return this.supplies.rowsOf(supply);
    return isForText(given) ? this.supplies.textOf(supply) : supply;
  }

  /** Where what went in as data came from. */
  workedOn({ all }: Slots, parameters: JsonObject): Supply | null {
    const data = all.filter(isData).map(({ name }) => parameters[name]);
    const task = this.list.tasks.findIndex(
      ({ handed }) => handed !== null && data.includes(handed.reference),
    );
    return task < 0 ? null : this.list.nearestSupply([task]);
  }
}
