import type { Issue } from '../../common/issue.js';
import { type JsonObject, type JsonValue, jsonPointer } from '../../common/json.js';
import { onlyReference, type Template } from './reference.js';
import { type ReferenceScope, type Resolved, resolveReference } from './resolve-reference.js';
import { mayHoldReference, parseTemplate } from './template.js';

const NOTHING_LITERAL: ReadonlySet<string> = new Set();

/** A value with every reference replaced, or all that stood in the way. */
export type ResolvedValue<T = JsonValue> = { readonly value: T } | { readonly issues: readonly Issue[] };

/** Text as it is, everything else as JSON. */
const asText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

function resolveTemplate(template: Template, scope: ReferenceScope): Resolved {
  const single = onlyReference(template);
  if (single !== null) return resolveReference(single, scope);
  let text = '';
  for (const part of template.parts) {
    if (typeof part === 'string') text += part;
    else {
      const resolved = resolveReference(part, scope);
      if (!resolved.ok) return resolved;
      text += asText(resolved.value);
    }
  }
  return { ok: true, value: text };
}

class Resolver {
  readonly issues: Issue[] = [];
  private readonly path: PropertyKey[] = [];
  private readonly scope: ReferenceScope;
  private readonly literalNames: ReadonlySet<string>;

  constructor(scope: ReferenceScope, literalNames: ReadonlySet<string>) {
    this.scope = scope;
    this.literalNames = literalNames;
  }

  /** The same object when nothing in it changes, so that large plain parameters are not copied. */
  resolve(node: JsonValue): JsonValue {
    if (typeof node === 'string') return mayHoldReference(node) ? this.resolveText(node) : node;
    if (typeof node !== 'object' || node === null) return node;
    let changed = false;
    const entries = Object.entries(node).map(([key, member]): [string, JsonValue] => {
      if (this.path.length === 0 && this.literalNames.has(key)) return [key, member as JsonValue];
      this.path.push(key);
      const resolved = this.resolve(member as JsonValue);
      this.path.pop();
      if (resolved !== member) changed = true;
      return [key, resolved];
    });
    if (!changed) return node;
    // fromEntries defines own members, also one called __proto__.
    return Array.isArray(node) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
  }

  private resolveText(text: string): JsonValue {
    const parsed = parseTemplate(text);
    if (!parsed.ok)
      return this.fail('invalid_reference', `Column ${parsed.error.column}: ${parsed.error.message}.`);
    const resolved = resolveTemplate(parsed.template, this.scope);
    return resolved.ok ? resolved.value : this.fail('unresolved_reference', `${resolved.message}.`);
  }

  private fail(code: string, message: string): null {
    this.issues.push({ code, pointer: jsonPointer(this.path), message });
    return null;
  }
}

/**
 * Replaces every reference in a JSON value. A text that is exactly one reference takes the value's type; within
 * other text strings appear as they are and everything else as JSON. What comes in as data is never read again for
 * references. Issues: `unresolved_reference` (absent path without default), `invalid_reference`.
 */
export function resolveValue(value: JsonValue, scope: ReferenceScope): ResolvedValue {
  const resolver = new Resolver(scope, NOTHING_LITERAL);
  const resolved = resolver.resolve(value);
  return resolver.issues.length > 0 ? { issues: resolver.issues } : { value: resolved };
}

/** `resolveValue` for a task's parameters; members named in `literalNames` stay as they are. */
export function resolveParameters(
  parameters: JsonObject,
  literalNames: ReadonlySet<string>,
  scope: ReferenceScope,
): ResolvedValue<JsonObject> {
  const resolver = new Resolver(scope, literalNames);
  const resolved = resolver.resolve(parameters) as JsonObject;
  return resolver.issues.length > 0 ? { issues: resolver.issues } : { value: resolved };
}
