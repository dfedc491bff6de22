import type { JsonValue } from '../../../common/json.js';
import { asPlainText } from '../../../workflows/domain/plain-text.js';
import { mayHoldReference, parseTemplate } from '../../../workflows/domain/template.js';
import type { PlanNames } from './plan-names.js';
import { quoted, type Repairs } from './repairs.js';

/** Where references of one task are mended. */
export interface ReferenceSite {
  readonly names: PlanNames;
  readonly taskIds: readonly string[];
  /** Position of the task. */
  readonly from: number;
  /** What was asked for: nothing of it becomes a reference. */
  readonly request: string;
  readonly repairs: Repairs;
  /** Is told every task that is referred to. */
  readonly referredTo: (task: number) => void;
}

/** Words between the id of a task and the path into its result. */
const RESULT = new Set(['result', 'results', 'output', 'outputs', 'response']);
const LISTS = new Set(['tasks', 'task', 'steps', 'step', 'nodes', 'node']);
const BRACES = /\{\{([^{}]{0,500})\}\}/g;
/** `${…}`, `<…>` and `$…`, where they are all of a value. */
const ALONE = /^(?:\$\{([^{}]{1,300})\}|<([\w.[\]-]{1,300})>|\$([a-z][\w.[\]-]{0,300}))$/i;

/** "output of step 2", "[result_from_Image Search]", where that is all of a value. */
const IN_WORDS =
  /^[[<'"{$]{0,3}(?:the[ _])?(?:output|result)s?[ _](?:of|from)[ _](?:the[ _])?([\w .:-]{1,80}?)(?:[ _](?:task|step|node))?[\]>'"}]{0,3}$/i;

function inWords(text: string, { names, from }: ReferenceSite): string | null {
  const name = IN_WORDS.exec(text)?.[1];
  if (name === undefined) return null;
  return names.resolve(name, from) === null ? name.replaceAll('_', ' ') : name;
}

/** `tasks.read.output.content` → the task and `.content`; null: it names no task of this plan. */
function readPath(path: string, { names, from }: ReferenceSite): { task: number; rest: string } | null {
  const [head = '', ...tail] = path.trim().split(/(?=[.[])/);
  const isList = LISTS.has(head.toLowerCase()) && tail.length > 0;
  const [name = '', ...rest] = isList ? tail : [head, ...tail];
  const task = names.resolve(name.replace(/^[.[]["']?|["']?\]$/g, ''), from);
  if (task === null) return null;
  const [first = '', ...further] = rest;
  const fields = RESULT.has(first.slice(1).toLowerCase()) ? further : rest;
  return { task, rest: fields.join('') };
}

function written(path: string, site: ReferenceSite): string | null {
  const found = readPath(path, site);
  if (found === null) return null;
  site.referredTo(found.task);
  return `{{ tasks.${site.taskIds[found.task] ?? ''}.result${found.rest} }}`;
}

function mendBraces(whole: string, inner: string, pointer: string, site: ReferenceSite): string {
  const [path = '', ...fallback] = inner.split('??');
  if (path.trim().startsWith('run.input')) return whole;
  const mended = written(path, site);
  if (mended === null) return whole;
  const text =
    fallback.length === 0 ? mended : mended.replace(/ \}\}$/, ` ??${fallback.join('??').trimEnd()} }}`);
  if (text.replace(/\s/g, '') !== whole.replace(/\s/g, ''))
    site.repairs.mended('reference_mended', pointer, `${quoted(whole)} became ${quoted(text)}.`);
  return text;
}

/** Text of the request stays text, whatever braces it holds. */
function keptPlain(text: string, pointer: string, { request, repairs }: ReferenceSite): string {
  const copied = [...text.matchAll(BRACES)]
    .map(([whole]) => whole)
    .filter((whole) => request.includes(whole));
  if (copied.length === 0) return text;
  const plain = copied.reduce((rest, each) => rest.split(each).join(asPlainText(each)), text);
  repairs.mended(
    'request_kept_as_text',
    pointer,
    `${quoted(copied[0])} stands in the request, so it is text.`,
  );
  return plain;
}

function mendText(text: string, pointer: string, site: ReferenceSite): string {
  const alone = text.length > 400 ? null : ALONE.exec(text.trim());
  const named = alone?.slice(1).find((each) => each !== undefined);
  const path = named ?? (text.length > 120 ? null : inWords(text.trim(), site));
  if (path !== null && !site.request.includes(text.trim())) {
    const reference = written(path, site);
    if (reference === null) return text;
    site.repairs.mended('reference_mended', pointer, `${quoted(text)} became ${quoted(reference)}.`);
    return reference;
  }
  if (!mayHoldReference(text)) return text;
  const isCopied = site.request.includes('{{') && keptPlain(text, pointer, site) !== text;
  if (isCopied) return keptPlain(text, pointer, site);
  const mended = text.replace(BRACES, (whole: string, inner: string) =>
    mendBraces(whole, inner, pointer, site),
  );
  // What is no reference at all was meant as text.
  if (parseTemplate(mended).ok || /\{\{[^{}]{0,500}\}\}/.test(mended)) return mended;
  site.repairs.mended('braces_kept_as_text', pointer, `${quoted(text)} holds no reference, so it is text.`);
  return asPlainText(mended);
}

/** Every reference in a value in our form, and tasks told that are referred to. Values have at most 100 levels. */
export function mendReferences(value: JsonValue, pointer: string, site: ReferenceSite): JsonValue {
  if (typeof value === 'string') return mendText(value, pointer, site);
  if (Array.isArray(value)) return value.map((each, at) => mendReferences(each, `${pointer}/${at}`, site));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mendReferences(each, `${pointer}/${name}`, site)]),
  );
}
