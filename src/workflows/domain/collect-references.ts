import { type JsonValue, jsonPointer } from '../../common/json.js';
import type { Issue } from '../../common/issue.js';
import type { Reference, Template } from './reference.js';
import { mayHoldReference, parseTemplate } from './template.js';

const NOTHING_LITERAL: ReadonlySet<string> = new Set();

/** A text of a value that holds references: where it is and what it holds. */
export interface FoundTemplate {
  readonly path: readonly PropertyKey[];
  readonly template: Template;
}

export interface CollectedReferences {
  readonly templates: readonly FoundTemplate[];
  /** Syntax errors (`invalid_reference`), pointers relative to the scanned value. */
  readonly issues: readonly Issue[];
}

/**
 * Every reference in a JSON value, leaving out its top-level members named in `literalNames`.
 * The value must be storable JSON (at most 100 levels deep).
 */
export function collectReferences(
  value: JsonValue,
  literalNames: ReadonlySet<string> = NOTHING_LITERAL,
): CollectedReferences {
  const templates: FoundTemplate[] = [];
  const issues: Issue[] = [];
  const path: PropertyKey[] = [];
  const visit = (node: JsonValue): void => {
    if (typeof node === 'string') {
      if (mayHoldReference(node)) collectFrom(node, path, templates, issues);
    } else if (typeof node === 'object' && node !== null) {
      const isArray = Array.isArray(node);
      for (const key of Object.keys(node)) {
        if (path.length === 0 && literalNames.has(key)) continue;
        path.push(isArray ? Number(key) : key);
        visit((node as Record<string, JsonValue>)[key] as JsonValue);
        path.pop();
      }
    }
  };
  visit(value);
  return { templates, issues };
}

function collectFrom(
  text: string,
  path: readonly PropertyKey[],
  templates: FoundTemplate[],
  issues: Issue[],
): void {
  const parsed = parseTemplate(text);
  if (parsed.ok) templates.push({ path: [...path], template: parsed.template });
  else {
    const message = `Column ${parsed.error.column}: ${parsed.error.message}.`;
    issues.push({ code: 'invalid_reference', pointer: jsonPointer(path), message });
  }
}

/** The references of a template, in order. */
export function referencesOf(template: Template): Reference[] {
  return template.parts.filter((part): part is Reference => typeof part === 'object');
}
