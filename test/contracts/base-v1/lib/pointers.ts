import { isJsonObject, type JsonValue } from '../../../../src/common/json.js';

const unescape = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** The value at an RFC 6901 pointer; undefined where there is none. */
export function valueAt(value: JsonValue | undefined, pointer: string): JsonValue | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map(unescape)
    .reduce<JsonValue | undefined>((at, segment) => {
      if (Array.isArray(at)) return at[Number(segment)] as JsonValue | undefined;
      return isJsonObject(at) && Object.hasOwn(at, segment) ? at[segment] : undefined;
    }, value);
}

/** The rule for a place: the first whose pattern (`/body/items/*` and such) matches it. */
export function ruleAt<T>(
  rules: Readonly<Record<string, T>> | undefined,
  path: readonly string[],
): T | undefined {
  const found = Object.entries(rules ?? {}).find(([pattern]) => {
    const segments = pattern.split('/').slice(1).map(unescape);
    return (
      segments.length === path.length && segments.every((segment, i) => ['*', path[i]].includes(segment))
    );
  });
  return found?.[1];
}
