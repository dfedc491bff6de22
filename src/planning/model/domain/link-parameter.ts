import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { takesData } from '../../rules/domain/fill/slot.js';
import { isEmpty } from './decode-value.js';
import { textsIn } from './number-uses.js';
import { nameWords } from './near-name.js';
import type { Parameter } from './parameter-names.js';
import { mediumIn } from './place-values.js';

/** A task that is waited for. */
export interface Source {
  readonly taskId: string;
  readonly entry: CatalogueEntry | undefined;
}

/** The parameter that was left out, and what was meant for it. */
export interface ParameterLink {
  readonly name: string;
  readonly reference: string;
}

/** Data, and no address or name: `content`, `image`; never a `path`. */
function isData(parameter: Parameter): boolean {
  const medium = mediumIn(nameWords(parameter.name));
  return !parameter.isLiteral && (takesData(parameter) || (medium !== null && medium !== 'url'));
}

/**
 * What a task must have been meant to use where one required parameter holds nothing: it takes data, the task waits for
 * one other task only, uses nothing of it, and that yields a field of this name. null: otherwise.
 */
export function linkParameter(
  parameters: JsonObject,
  all: readonly Parameter[],
  sources: readonly Source[],
): ParameterLink | null {
  const given = (name: string): JsonValue => (Object.hasOwn(parameters, name) ? parameters[name]! : null);
  const missing = all.filter(({ name, isRequired }) => isRequired && isEmpty(given(name)));
  const [wanted] = missing;
  const [source] = sources;
  if (wanted === undefined || missing.length > 1 || !isData(wanted)) return null;
  if (source === undefined || sources.length > 1) return null;
  const fields = source.entry?.result['properties'];
  if (!isJsonObject(fields) || !Object.hasOwn(fields, wanted.name)) return null;
  const start = `tasks.${source.taskId}.result`;
  for (const text of textsIn(parameters)) if (text.includes(start)) return null;
  return { name: wanted.name, reference: `{{ ${start}.${wanted.name} }}` };
}
