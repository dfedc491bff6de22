import type { JsonObject, JsonValue } from '../../../common/json.js';
import { asPlainText } from '../../../workflows/domain/plain-text.js';
import { onlyReference, type Reference } from '../../../workflows/domain/reference.js';
import { mayHoldReference, parseTemplate } from '../../../workflows/domain/template.js';
import type { JsonType } from '../../rules/domain/fill/slot.js';
import { readForeignReference } from './foreign-reference.js';
import { OpeningBudget, openingsOf } from './openings.js';
import type { PlanNames } from './plan-names.js';
import { quoted, type Repairs } from './repairs.js';
import type { RequestText } from './request-text.js';
import { ResultPaths, writtenPath } from './result-path.js';
import { readTaskNumber } from './task-number.js';

/** What references of one plan are mended by. */
export interface ReferenceContext {
  readonly names: PlanNames;
  readonly taskIds: readonly string[];
  /** Schema of the result of each task; undefined: its type is not known. */
  readonly results: readonly (JsonObject | undefined)[];
  readonly request: RequestText;
  readonly repairs: Repairs;
  /** The tasks each task waits for, as far as that was said. */
  readonly sources: readonly ReadonlySet<number>[];
  /** Texts of the parameters of a task as they were written. */
  readonly textsOf: (task: number) => Iterable<string>;
}

/** Where a text stands. */
export interface Place {
  /** Position of the task. */
  readonly from: number;
  readonly path: readonly PropertyKey[];
  /** What is wanted there; empty: any JSON. */
  readonly types: ReadonlySet<JsonType>;
}

interface Target {
  readonly task: number;
  readonly path: readonly (string | number)[];
  readonly fallback: string;
}

/** No text that is longer is a reference and nothing else. */
const MAX_ALONE = 1_000;
const ANY: ReadonlySet<JsonType> = new Set();
const asStep = (segment: string): string | number => (/^\d{1,9}$/.test(segment) ? Number(segment) : segment);

/** What stands behind `??`, as written. */
function fallbackOf({ text, fallback }: Reference): string {
  return fallback === undefined ? '' : ` ${text.slice(text.indexOf('??'), -2).trim()}`;
}

const canonical = (reference: Reference): string =>
  `{{ tasks.${reference.taskId ?? ''}.result${writtenPath(reference.path)}${fallbackOf(reference)} }}`;

/** Mends the references of one plan; what names no task of it is left as it is. */
export class ReferenceMender {
  private readonly paths = new ResultPaths();
  private readonly budget = new OpeningBudget();
  private isTold = false;

  constructor(private readonly context: ReferenceContext) {}

  /** The reference that a text as a whole is meant to be, in our form; null: it is no reference, or holds more. */
  alone(text: string, place: Place): string | null {
    if (text.length > MAX_ALONE || (mayHoldReference(text) && parseTemplate(text).ok)) return null;
    const found = readForeignReference(text);
    if (found === null || this.context.request.holds(text.trim())) return null;
    const target = this.foreign(text, place);
    if (target === null) {
      const isNumber = found.ways.some(({ name }) => (readTaskNumber(name)?.word ?? '') !== '');
      const message = `Nothing tells which task ${quoted(text)} is: name it by its id.`;
      if (isNumber) this.context.repairs.broken('unclear_reference', place.path, message);
      return null;
    }
    const reference = this.written(target, place);
    if (reference !== null) this.tell(text, reference, place);
    return reference;
  }

  /** The task a text as a whole refers to, in any form; null: it refers to none. */
  peek(text: string, from: number): number | null {
    if (text.length > MAX_ALONE) return null;
    const parsed = mayHoldReference(text) ? parseTemplate(text) : null;
    const only = parsed?.ok === true ? onlyReference(parsed.template) : null;
    if (only?.taskId !== undefined && only.taskId !== null)
      return this.context.names.resolve(only.taskId, from);
    return this.named(text, from)?.task ?? null;
  }

  /** A text with every reference in our form; text of the request stays text. */
  within(text: string, place: Place): string {
    if (!mayHoldReference(text)) return text;
    const plain = this.context.request.keptPlain(text, this.budget);
    if (plain !== text)
      this.context.repairs.mended(
        'request_kept_as_text',
        place.path,
        `${quoted(text)} holds braces of the request, so they are text.`,
      );
    const mended = this.mendOpenings(plain, place);
    if (this.budget.isSpent) return this.tooMany(mended, place);
    if (mended.includes('}}') || parseTemplate(mended).ok) return mended;
    this.context.repairs.mended(
      'braces_kept_as_text',
      place.path,
      `${quoted(text)} holds no reference, so it is text.`,
    );
    return asPlainText(mended);
  }

  /** The same for every text of a value; at most 100 levels deep. */
  inValue(value: JsonValue, place: Place): JsonValue {
    if (typeof value === 'string') return this.alone(value, place) ?? this.within(value, place);
    if (value === null || typeof value !== 'object') return value;
    const inner = (each: JsonValue, key: PropertyKey): JsonValue =>
      typeof each === 'string' || typeof each === 'object'
        ? this.inValue(each, { ...place, path: [...place.path, key], types: ANY })
        : each;
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(inner);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each, name)]));
  }

  /** What was not looked at may be text of the request, so there is no plan. */
  private tooMany(text: string, { path }: Place): string {
    const message = 'There are too many references in the plan to look at them all.';
    if (!this.isTold) this.context.repairs.broken('too_many_references', path, message);
    this.isTold = true;
    return text;
  }

  private mendOpenings(text: string, place: Place): string {
    const parts: string[] = [];
    let from = 0;
    for (const opening of openingsOf(text, this.budget)) {
      if (opening.at < from) continue;
      const mended = this.mendOpening(text, opening, place);
      if (mended === null) continue;
      parts.push(text.slice(from, opening.at), mended.text);
      from = mended.end;
    }
    return parts.join('') + text.slice(from);
  }

  private mendOpening(
    text: string,
    { at, end, reference }: { at: number; end: number; reference: Reference | null },
    place: Place,
  ): { readonly text: string; readonly end: number } | null {
    const close = reference === null ? text.slice(at, at + 304).indexOf('}}') : -1;
    const until = reference !== null ? end : close < 0 ? -1 : at + close + 2;
    if (until < 0) return null;
    const whole = text.slice(at, until);
    // Only a value that is the reference and nothing else takes more than text.
    const wanted = whole.length === text.trim().length ? place.types : new Set<JsonType>(['string']);
    const target = reference === null ? this.foreign(whole, place) : this.ours(reference, place);
    const written = target === null ? null : this.written(target, { ...place, types: wanted });
    if (written === null) return null;
    if (reference !== null && written === canonical(reference)) return { text: whole, end: until };
    this.tell(whole, written, place);
    return { text: written, end: until };
  }

  private ours(reference: Reference, { from }: Place): Target | null {
    if (reference.taskId === null) return null;
    const task = this.context.names.resolve(reference.taskId, from);
    return task === null ? null : { task, path: reference.path, fallback: fallbackOf(reference) };
  }

  private foreign(text: string, place: Place): Target | null {
    const target = this.named(text, place.from);
    return target?.task === place.from ? this.instead(target, text, place) : target;
  }

  private named(text: string, from: number): Target | null {
    let own: Target | null = null;
    for (const { name, path } of readForeignReference(text)?.ways ?? []) {
      const task = this.context.names.resolve(name, from);
      if (task === null) continue;
      const target = { task, path: path.map(asStep), fallback: '' };
      if (task !== from) return target;
      own ??= target;
    }
    return own;
  }

  /** A task has no result to use itself: the only one it waits for is meant, unless it uses that already. */
  private instead(target: Target, text: string, { from, path }: Place): Target | null {
    const { sources, textsOf, repairs } = this.context;
    const [task, ...others] = sources[from] ?? [];
    if (task === undefined || others.length > 0) return null;
    for (const other of textsOf(from)) if (this.peek(other, from) === task) return null;
    repairs.mended(
      'self_reference_mended',
      path,
      `${quoted(text)} is the task itself: the one before is meant.`,
    );
    return { ...target, task };
  }

  /** null: it leads nowhere, or would be text of the request. */
  private written({ task, path, fallback }: Target, { path: at, types }: Place): string | null {
    const { taskIds, results, request, repairs } = this.context;
    const start = `{{ tasks.${taskIds[task] ?? ''}.result`;
    const mended = fallback === '' ? this.paths.mend(path, results[task], types) : { path };
    if ('allowed' in mended) {
      const message = `The result of ${quoted(taskIds[task])} has no ${quoted(String(path[0]))}.`;
      repairs.broken('unknown_result_field', at, message, mended.allowed);
      return null;
    }
    const reference = `${start}${writtenPath(mended.path)}${fallback} }}`;
    return request.opens(reference) ? null : reference;
  }

  private tell(was: string, is: string, { path }: Place): void {
    this.context.repairs.respelled('reference_mended', path, `${quoted(was)} became ${quoted(is)}.`);
  }
}
