import { isJsonObject, jsonPointer, type JsonObject, type JsonValue } from '../../../../src/common/json.js';
import { compareSchema } from './compare-schema.js';
import { type Difference, shown } from './difference.js';
import { valueAt } from './pointers.js';
import { resolve } from './schema-parts.js';
import type { Direction } from './step.js';

type Path = readonly string[];

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const objectAt = (value: JsonObject, ...keys: string[]): JsonObject => {
  const found = valueAt(value, jsonPointer(keys));
  return isJsonObject(found) ? found : {};
};
const gone = (path: Path, what: JsonValue = 'there'): Difference => ({
  pointer: jsonPointer(path),
  recorded: shown(what),
  now: 'missing',
});

/** Finds what of a recorded OpenAPI document a client cannot rely on any more. Anything may be added but a duty. */
export class DocumentComparison {
  constructor(
    private readonly recorded: JsonObject,
    private readonly now: JsonObject,
  ) {}

  differences(): Difference[] {
    return Object.entries(objectAt(this.recorded, 'paths')).flatMap(([template, item]) =>
      METHODS.filter((method) => isJsonObject(item) && method in item).flatMap((method) =>
        this.operation(['paths', template, method]),
      ),
    );
  }

  private operation(path: Path): Difference[] {
    const [before, after] = [objectAt(this.recorded, ...path), objectAt(this.now, ...path)];
    if (Object.keys(after).length === 0) return [gone(path, before.operationId)];
    const constants = ['operationId', 'x-scope'].filter((key) => before[key] !== after[key]);
    return [
      ...constants.map((key) => ({
        pointer: jsonPointer([...path, key]),
        recorded: shown(before[key]),
        now: shown(after[key]),
      })),
      ...this.parameters(before, after, [...path, 'parameters']),
      ...this.requestBody(before, after, [...path, 'requestBody']),
      ...this.responses(objectAt(before, 'responses'), objectAt(after, 'responses'), [...path, 'responses']),
    ];
  }

  private parameters(before: JsonObject, after: JsonObject, path: Path): Difference[] {
    const [old, current] = [byName(before), byName(after)];
    const duties = [...current].filter(
      ([name, { required }]) => required === true && old.get(name)?.required !== true,
    );
    return [
      ...duties.map(([name]) => ({
        pointer: jsonPointer([...path, name, 'required']),
        recorded: 'not required',
        now: 'required',
      })),
      ...[...old].flatMap(([name, parameter]) => {
        const same = current.get(name);
        if (same === undefined) return [gone([...path, name])];
        return this.schema(parameter, same, 'request', [...path, name]);
      }),
    ];
  }

  private requestBody(before: JsonObject, after: JsonObject, path: Path): Difference[] {
    const [old, current] = [objectAt(before, 'requestBody'), objectAt(after, 'requestBody')];
    const duty = { pointer: jsonPointer([...path, 'required']), recorded: 'not required', now: 'required' };
    return [
      ...(current.required === true && old.required !== true ? [duty] : []),
      ...this.content(old, current, 'request', path),
    ];
  }

  private responses(before: JsonObject, after: JsonObject, path: Path): Difference[] {
    return Object.entries(before).flatMap(([status, response]) => {
      const at = [...path, status];
      const other = after[status];
      if (!isJsonObject(other)) return [gone(at)];
      const [old, current] = [resolve(response as JsonObject, this.recorded), resolve(other, this.now)];
      const headers = Object.keys(objectAt(old, 'headers')).filter(
        (name) => !(name in objectAt(current, 'headers')),
      );
      return [
        ...headers.map((name) => gone([...at, 'headers', name])),
        ...this.content(old, current, 'response', at),
      ];
    });
  }

  private content(before: JsonObject, after: JsonObject, direction: Direction, path: Path): Difference[] {
    return Object.entries(objectAt(before, 'content')).flatMap(([type, media]) => {
      const other = objectAt(after, 'content')[type];
      const at = [...path, 'content', type];
      return isJsonObject(other) ? this.schema(media as JsonObject, other, direction, at) : [gone(at)];
    });
  }

  private schema(before: JsonObject, after: JsonObject, direction: Direction, path: Path): Difference[] {
    const [recorded, now] = [objectAt(before, 'schema'), objectAt(after, 'schema')];
    const roots = { recorded: this.recorded, now: this.now };
    return compareSchema({ recorded, now, direction, path: [...path, 'schema'], roots });
  }
}

function byName(operation: JsonObject): ReadonlyMap<string, JsonObject> {
  const parameters = (operation.parameters ?? []) as readonly JsonObject[];
  return new Map(
    parameters.map((parameter) => [`${String(parameter.in)} ${String(parameter.name)}`, parameter]),
  );
}
