import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../common/json.js';
import type { RegisteredTaskType } from './registered-task-type.js';
import type { ParameterCheck, TaskHandler, TaskTypeOptions } from './task-type.js';

const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  return z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  }) as unknown as JsonObject;
}

const propertiesOf = (schema: JsonObject): JsonObject =>
  isJsonObject(schema['properties']) ? schema['properties'] : {};

/** Names of the top-level properties whose schema carries a truthy `key`. */
function propertiesMarked(schema: JsonObject, key: string): string[] {
  return Object.entries(propertiesOf(schema))
    .filter(([, property]) => isJsonObject(property) && property[key] === true)
    .map(([name]) => name);
}

/** Derives what the engine and the catalogue need from a declaration, or answers every problem it has. */
export function describeTaskType(
  options: TaskTypeOptions,
  handler: TaskHandler,
): { readonly type: RegisteredTaskType } | { readonly problems: string[] } {
  const problems: string[] = [];
  if (!NAME.test(options.name)) {
    problems.push(
      `${JSON.stringify(options.name)}: a name is "group.verb" in lower case, such as "http.request"`,
    );
  }
  if (typeof handler?.execute !== 'function')
    problems.push(`${options.name}: its class has no execute() method`);
  for (const example of options.examples) {
    const parsed = options.parameters.safeParse(example.parameters);
    if (!parsed.success)
      problems.push(`${options.name}: example "${example.title}" does not fit its parameters`);
  }
  const parametersJsonSchema = jsonSchema(options.parameters, 'input');
  const parameterChecks = new Map<string, ParameterCheck<unknown>>(Object.entries(options.check ?? {}));
  for (const name of parameterChecks.keys()) {
    if (!Object.hasOwn(propertiesOf(parametersJsonSchema), name))
      problems.push(`${options.name}: checks a parameter ${JSON.stringify(name)} that it does not have`);
  }
  if (problems.length > 0) return { problems };
  return {
    type: {
      ...options,
      handler,
      parametersJsonSchema,
      resultJsonSchema: jsonSchema(options.result, 'output'),
      literalParameters: new Set(propertiesMarked(parametersJsonSchema, 'x-literal')),
      adjustableParameters: propertiesMarked(parametersJsonSchema, 'adjustable'),
      parameterChecks,
    },
  };
}
