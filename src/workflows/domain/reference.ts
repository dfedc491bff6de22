import type { JsonValue } from '../../common/json.js';

/** Names look up own members of objects, numbers elements of arrays. */
export type PathSegment = string | number;

/**
 * One parsed `{{ run.input.<path> }}` or `{{ tasks.<taskId>.result.<path> }}`.
 * `taskId` null: the run's input. `fallback`: the literal behind `??`, used when the path is absent.
 */
export interface Reference {
  readonly taskId: string | null;
  readonly path: readonly PathSegment[];
  readonly fallback?: { readonly value: JsonValue };
  /** As written, for messages. */
  readonly text: string;
}

/** Text as a sequence of plain parts and references. `{ parts: [reference] }` alone keeps the value's type. */
export interface Template {
  readonly parts: readonly (string | Reference)[];
}

/** What a template could not be read for; `column` counts characters from 1. */
export interface TemplateError {
  readonly message: string;
  readonly column: number;
}

export type ParsedTemplate =
  { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly error: TemplateError };

/** The reference, when the text is exactly one and nothing else. */
export function onlyReference(template: Template): Reference | null {
  const [first] = template.parts;
  return template.parts.length === 1 && typeof first === 'object' ? first : null;
}
