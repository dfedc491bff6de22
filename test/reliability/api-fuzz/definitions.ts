import fc from 'fast-check';
import type { Schema } from './api-document.js';
import { knownValue, mark } from './known-values.js';
import { type Place, SchemaValues } from './schema-values.js';

/** Of the answer of `GET /task-types`. */
export interface KnownType {
  readonly name: string;
  readonly parameters: Schema;
}

/** A workflow that runs others could run itself, for ever: by this type only what a mutation makes is run. */
const LEFT_OUT = ['workflow.run'];

const reference = fc.constantFrom(
  '{{ run.input }}',
  '{{ run.input.a ?? 1 }}',
  '{{ tasks.t0.result }}',
  '{{ tasks.x }}',
);

/** Parameters that fit the type, sometimes with a reference in the place of one. */
function parametersOf({ parameters }: KnownType): fc.Arbitrary<unknown> {
  const definitions = (parameters['$defs'] ?? {}) as Readonly<Record<string, Schema>>;
  const fitting = new SchemaValues({ definitions, known: knownValue }).of(parameters);
  const referring = fc.tuple(fitting, fc.nat(5), reference).map(([value, at, text]) => {
    const names = Object.keys(value as object);
    const name = names[at % Math.max(names.length, 1)];
    return name === undefined ? value : { ...(value as object), [name]: text };
  });
  return fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 1, arbitrary: referring });
}

const work = (types: readonly KnownType[]): fc.Arbitrary<{ taskType: string; parameters: unknown }> =>
  fc.oneof(
    ...types
      .filter(({ name }) => !LEFT_OUT.includes(name))
      .map((type) => parametersOf(type).map((parameters) => ({ taskType: type.name, parameters }))),
  );

interface Extra {
  readonly agentId?: string;
  readonly optional?: boolean;
  readonly priority?: number;
  readonly timeoutSeconds?: number;
}
const extra: fc.Arbitrary<Extra> = fc.record(
  {
    agentId: mark('agentId'),
    optional: fc.boolean(),
    priority: fc.integer({ min: 0, max: 9 }),
    timeoutSeconds: fc.constantFrom(0.2, 1),
  },
  { requiredKeys: [], noNullPrototype: true },
);
/** Few agents may do what a definition says: mostly nobody is named. */
const rareExtra: fc.Arbitrary<Extra> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: extra },
);

/** Definitions of up to four tasks of types that exist, each after some of those before it. */
function definitions(types: readonly KnownType[]): fc.Arbitrary<unknown> {
  const task = fc.record({ of: work(types), more: rareExtra, after: fc.subarray([0, 1, 2]) });
  return fc.array(task, { minLength: 1, maxLength: 4 }).map((tasks) => ({
    tasks: tasks.map(({ of, more, after }, index) => ({
      ...of,
      ...more,
      taskId: `t${index}`,
      dependencies: after.filter((each) => each < index).map((each) => `t${each}`),
    })),
  }));
}

/** The same as `knownValue`, also for definitions and for tasks by themselves, of the types that this process has. */
export function knownValueWith(types: readonly KnownType[]): (place: Place) => fc.Arbitrary<unknown> | null {
  const single = fc
    .tuple(work(types), rareExtra)
    .map(([of, { agentId: _, optional: __, ...more }]) => ({ ...of, ...more }));
  const whole = definitions(types);
  const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    ...{ Definition: whole, DefinitionInput: whole, definition: whole },
    ...{ StartTask: single, SpawnTask: single },
    taskType: fc.constantFrom(...types.map(({ name }) => name)),
    type: fc.constantFrom(...types.map(({ name }) => name)),
  };
  return (place) => {
    const { name, schema } = place;
    const isText = schema['type'] === 'string';
    const own = name !== null && Object.hasOwn(byName, name) ? byName[name] : undefined;
    if (own === undefined || ((name === 'taskType' || name === 'type') && !isText)) return knownValue(place);
    return own;
  };
}
