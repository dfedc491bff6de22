import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { type JsonType, typesOf } from '../../rules/domain/fill/slot.js';
import { meansResult } from './foreign-reference.js';
import { NearName } from './near-name.js';

type Path = readonly (string | number)[];

/** Where a reference leads into a result; `allowed`: it leads nowhere, these would. */
export type ResultPath = { readonly path: Path } | { readonly allowed: readonly string[] };

interface Fields {
  readonly names: readonly string[];
  readonly near: NearName;
  /** Nothing but these. */
  readonly isClosed: boolean;
}

function fieldsOf({ properties, additionalProperties }: JsonObject): Fields | null {
  if (!isJsonObject(properties)) return null;
  const names = Object.keys(properties);
  return { names, near: new NearName(names), isClosed: additionalProperties === false };
}

/** The fields of results, worked out once for each schema. */
export class ResultPaths {
  private readonly known = new Map<JsonValue, Fields | null>();

  /**
   * Leads a path to where it can only mean: a field that is called nearly so; the only field, where the result as a
   * whole is no value of the types wanted (empty: any), or where the name is none of it. `result` undefined: nothing
   * is known of it.
   */
  mend(path: Path, result: JsonObject | undefined, wanted: ReadonlySet<JsonType>): ResultPath {
    const fields = result === undefined ? null : this.fieldsOf(result);
    const [head, ...rest] = path;
    if (fields === null || typeof head === 'number') return { path: withoutResult(path) };
    const [only] = fields.names.length === 1 && fields.isClosed ? fields.names : [];
    if (head === undefined) {
      const isWanted = wanted.size === 0 || typesOf(result).size === 0 || wanted.has('object');
      return { path: only === undefined || isWanted ? [] : [only] };
    }
    if (fields.names.includes(head)) return { path };
    if (meansResult(head)) return this.mend(rest, result, wanted);
    const near = fields.near.find(head);
    if (near !== null) return { path: [near, ...rest] };
    if (!fields.isClosed) return { path };
    return only !== undefined && rest.length === 0 ? { path: [only] } : { allowed: fields.names };
  }

  private fieldsOf(result: JsonObject): Fields | null {
    const known = this.known.get(result);
    if (known !== undefined) return known;
    const fields = fieldsOf(result);
    this.known.set(result, fields);
    return fields;
  }
}

function withoutResult(path: Path): Path {
  const [head, ...rest] = path;
  return typeof head === 'string' && meansResult(head) ? rest : path;
}

const NAME = /^[^\s.[\]{}"'?]+$/;

/** A path as a reference writes it: `.a["b c"][0]`. */
export const writtenPath = (path: Path): string =>
  path
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : NAME.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join('');
