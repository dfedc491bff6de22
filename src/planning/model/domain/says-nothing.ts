import type { Issue } from '../../../common/issue.js';
import { jsonPointer } from '../../../common/json.js';
import type { Definition, TaskDefinition } from '../../../workflows/domain/definition.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { type Slot, slotsOf } from '../../rules/domain/fill/slot.js';
import { isEmpty } from './decode-value.js';
import { quoted } from './repairs.js';

/** Texts that stand for a value nobody has thought of. Anchored, without nested repetition. */
const PLACEHOLDER = [
  /^<[^<>]{0,80}>$/,
  /^\[[^[\]",]{0,80}\]$/,
  /^[$%]\{[^{}]{0,80}\}%?$/,
  /^(?:\.{2,}|…|x{3,}|\?+|-+|_+)$/i,
  /^(?:to ?do|tbd|tba|fixme|n\/?a|none|null|undefined|unknown|placeholder|dummy|lorem ipsum.{0,200})$/is,
  /^(?:your|some|my|the|insert|enter|put|add)[ _-][\w -]{1,60}[ _-](?:here|goes here)$/i,
  /^(?:your|insert|enter)_[\w-]{1,60}$/i,
  /^(?:https?:\/\/)?(?:www\.)?example\.(?:com|org|net)(?:\/[^\s]{0,200})?$/i,
  /^[\w.+-]{1,64}@example\.(?:com|org|net)$/i,
];
/** Words that are no value where one is required. */
const WORD =
  /^(?:string|value|text|example|sample|foo|bar|baz|test|data|input|parameter|object|array|number)$/i;
const MAX_LENGTH = 260;
/** A shorter request is no more than one task. */
const MIN_REQUEST_WORDS = 6;

const normal = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

type At = readonly PropertyKey[];

/** The parameters of one task that hold nothing, or what stands for nothing. */
class ParameterReview {
  private readonly speaksOfEmpty: boolean;
  private readonly wanted: string;

  constructor(request: string) {
    this.wanted = request.toLowerCase();
    this.speaksOfEmpty = /\b(?:empty|blank)\b/.test(this.wanted);
  }

  issuesOf({ parameters }: TaskDefinition, slots: readonly Slot[], at: At): Issue[] {
    return slots.flatMap((slot) => {
      if (!Object.hasOwn(parameters, slot.name)) return [];
      const value = parameters[slot.name]!;
      const pointer = jsonPointer([...at, slot.name]);
      if (isEmpty(value)) {
        if (!slot.isRequired || this.speaksOfEmpty) return [];
        const message = `${quoted(slot.name)} is required and holds nothing.`;
        return [{ code: 'empty_parameter', pointer, message }];
      }
      if (typeof value !== 'string' || slot.choices.length > 0 || !this.isPlaceholder(value, slot)) return [];
      const message = `${quoted(value)} is a placeholder. Give the value, or leave the parameter out.`;
      return [{ code: 'placeholder', pointer, message }];
    });
  }

  private isPlaceholder(value: string, { isRequired }: Slot): boolean {
    const text = value.length > MAX_LENGTH ? '' : value.trim();
    if (text === '' || this.wanted.includes(text.toLowerCase())) return false;
    return PLACEHOLDER.some((pattern) => pattern.test(text)) || (isRequired && WORD.test(text));
  }
}

/** Of a request of several words: one task that only hands all of it on. */
function repeatsRequest({ tasks }: Definition, request: string): Issue[] {
  const [only] = tasks;
  const asked = normal(request);
  if (tasks.length !== 1 || only === undefined || asked.split(' ').length < MIN_REQUEST_WORDS) return [];
  const texts = Object.values(only.parameters).filter((value) => typeof value === 'string');
  const isRepeated = (text: string): boolean =>
    text.length < 2 * request.length + 100 && normal(text).includes(asked);
  if (!texts.some(isRepeated)) return [];
  const message = 'One task that repeats the request is no plan. Split it into what has to be done.';
  return [{ code: 'repeats_request', pointer: '/tasks/0', message }];
}

/** Different work that is described by the same words. */
function sameDescriptions({ tasks }: Definition): Issue[] {
  const described = new Set(tasks.map(({ description }) => normal(description ?? '')));
  const types = new Set(tasks.map(({ taskType }) => taskType));
  if (tasks.length < 2 || types.size < 2 || described.size > 1 || described.has('')) return [];
  const message = 'All tasks are described by the same words. Say what each does.';
  return [{ code: 'same_descriptions', pointer: '/tasks', message }];
}

/**
 * What makes a valid definition no plan: no tasks, required parameters that hold nothing, placeholders, one task that
 * repeats the request, the same description for all. What the request itself holds is no placeholder.
 */
export function saysNothing(
  definition: Definition,
  request: string,
  catalogue: readonly CatalogueEntry[],
): Issue[] {
  if (definition.tasks.length === 0)
    return [{ code: 'empty_plan', pointer: '/tasks', message: 'The plan has no tasks.' }];
  const slots = new Map(catalogue.map((entry) => [entry.name, slotsOf(entry).all]));
  const review = new ParameterReview(request);
  const inParameters = definition.tasks.flatMap((task, index) =>
    review.issuesOf(task, slots.get(task.taskType) ?? [], ['tasks', index, 'parameters']),
  );
  return [...inParameters, ...repeatsRequest(definition, request), ...sameDescriptions(definition)];
}
