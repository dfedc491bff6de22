import { isJsonObject } from '../../../common/json.js';
import { canonicalName } from './spelling.js';

/** Reads the member of a value that a name means: the exact one, else the first of the same canonical name. */
export type MemberFinder = (value: unknown) => unknown;

/** Absent members, and members of what is no object, are `undefined`. */
export function memberFinder(name: string): MemberFinder {
  const wanted = canonicalName(name);
  // Elements share their keys, so each spelling is looked at once.
  const matches = new Map<string, boolean>();
  const isMeant = (key: string): boolean => {
    let match = matches.get(key);
    if (match === undefined) matches.set(key, (match = canonicalName(key) === wanted));
    return match;
  };
  return (value) => {
    if (!isJsonObject(value)) return undefined;
    if (Object.hasOwn(value, name)) return value[name];
    const key = Object.keys(value).find(isMeant);
    return key === undefined ? undefined : value[key];
  };
}
