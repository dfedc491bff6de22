import type { JsonValue } from '../../../../common/json.js';
import { asPlainText } from '../../../../workflows/domain/plain-text.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import type { Literal } from '../literals.js';
import { choiceByFile } from './affinity.js';
import { note, resultReference } from './drafted-task.js';
import { payloadOf } from './payload.js';
import { headOf, isAnaphor } from './phrases.js';
import { findProducer } from './producers.js';
import { slotsOf } from './slot.js';
import type { Supply, TaskList } from './task-list.js';

/** The type that takes a member out of data whose shape nobody knows before. */
const SELECT = 'data.aggregate';

/** The type that reshapes data, and how a map becomes rows. */
const RESHAPE = 'data.transform';
const RENDER = 'text.render';
const ROWS = '[$each($, function($value, $name) { { "name": $name, "value": $value } })]';

/** Tasks that nobody asked for in words, put in because another needs what they yield. */
export class Supplies {
  constructor(
    private readonly catalogue: readonly CatalogueEntry[],
    private readonly list: TaskList,
  ) {}

  /** What a literal stands for: of a task that has got it already, else of a new one; null: nothing gets such a thing. */
  behind(literal: Literal, clause: string): Supply | null {
    const producer = findProducer(this.catalogue, literal);
    if (producer === null) return null;
    const { entry, slot } = producer;
    const value = asPlainText(literal.text);
    const known = this.list.tasks.findIndex(
      ({ taskType, parameters }) => taskType === entry.name && parameters[slot.name] === value,
    );
    if (known >= 0) return this.list.nearestSupply([known]);
    const choices = slotsOf(entry)
      .all.map(({ name, ...rest }) => [name, choiceByFile({ name, ...rest }, [literal])] as const)
      .filter(([, choice]) => choice !== null);
    const parameters = Object.fromEntries<JsonValue>([[slot.name, value], ...choices]);
    const { field, types } = payloadOf(entry, parameters) ?? { field: null, types: new Set<never>() };
    const taskId = this.list.nextId(`${headOfName(entry.name)} ${literal.text.split('/').at(-1) ?? ''}`);
    return this.list.addSupply({
      ...{
        taskId,
        taskType: entry.name,
        clause: literal.text,
        parameters,
        when: null,
        verdict: null,
        seconds: null,
        defaults: [],
      },
      dependencies: new Set(),
      handed: { reference: resultReference(taskId, field), types },
      notes: [note('task_added', '', `Gets ${JSON.stringify(literal.text)} for: ${clause}.`)],
    });
  }

  /** Values as text that people read; what is text or may be is left as it is. */
  textOf(supply: Supply): Supply {
    const entry = this.catalogue.find(({ name }) => name === RENDER);
    const { types, reference } = supply.handed;
    if (entry === undefined || types.size === 0 || types.has('string')) return supply;
    const from = this.list.idOf(supply.task);
    const parameters = Object.entries(entry.hints.parameters ?? {}).flatMap(([name, { value, as }]) =>
      as === undefined
        ? value === undefined
          ? []
          : [[name, value] as const]
        : [[name, { [as]: reference }] as const],
    );
    const taskId = this.list.nextId(`render ${from}`);
    return this.list.addSupply({
      ...{ taskId, taskType: RENDER, clause: `what ${from} yields, as text`, when: null, verdict: null },
      ...{ parameters: Object.fromEntries<JsonValue>(parameters), dependencies: new Set([supply.task]) },
      handed: { reference: resultReference(taskId, 'text'), types: new Set(['string'] as const) },
      ...{ seconds: null, defaults: [] },
      notes: [note('task_added', '', `Makes text of what ${from} yields.`)],
    });
  }

  /** The type of the task that would get what a literal stands for. */
  typeBehind(literal: Literal): string | null {
    return findProducer(this.catalogue, literal)?.entry.name ?? null;
  }

  /** A map of values as rows of name and value; other data as it is. */
  rowsOf(supply: Supply): Supply {
    const { reference, types } = supply.handed;
    const isMap = types.size === 1 && types.has('object');
    if (!isMap || !this.catalogue.some(({ name }) => name === RESHAPE)) return supply;
    const from = this.list.idOf(supply.task);
    const taskId = this.list.nextId(`rows ${from}`);
    return this.list.addSupply({
      ...{ taskId, taskType: RESHAPE, clause: `rows of what ${from} yields`, when: null, verdict: null },
      ...{ parameters: { input: reference, expression: ROWS }, dependencies: new Set([supply.task]) },
      handed: { reference: resultReference(taskId, 'value'), types: new Set(['array'] as const) },
      ...{
        seconds: null,
        defaults: [],
        notes: [note('task_added', '', `Makes rows of what ${from} yields.`)],
      },
    });
  }

  /** "The items" of data whose shape nobody knows: the member that is called so. Other data as it is. */
  memberOf(supply: Supply, object: string | null): Supply {
    const hasType = this.catalogue.some(({ name }) => name === SELECT);
    if (object === null || !hasType || isAnaphor(object)) return supply;
    if (supply.handed.types.size > 0 || !/[a-z]s$/i.test(object)) return supply;
    const from = headOf(object);
    const taskId = this.list.nextId(`select ${from}`);
    const why = `Takes ${JSON.stringify(from)} out of what ${this.list.idOf(supply.task)} yields.`;
    return this.list.addSupply({
      ...{
        taskId,
        taskType: SELECT,
        clause: `the ${object}`,
        when: null,
        verdict: null,
        seconds: null,
        defaults: [],
      },
      parameters: { input: supply.handed.reference, from: asPlainText(from), operation: 'list' },
      dependencies: new Set([supply.task]),
      handed: { reference: resultReference(taskId, 'total'), types: new Set(['array'] as const) },
      notes: [note('task_added', '', why)],
    });
  }
}

const headOfName = (taskType: string): string => taskType.split('.').at(-1) ?? taskType;
