import type { JsonObject } from '../../src/common/json.js';
import type { CatalogueEntry } from '../../src/planning/domain/catalogue-entry.js';
import type { Tool } from './gold-files.js';

/** Kinds of data as properties: `image`, a second one `image2`; the planner reads `x-kind`. */
const kinds = (names: readonly string[]): Record<string, JsonObject> =>
  Object.fromEntries(
    names.map((kind, at) => {
      const nth = names.slice(0, at).filter((earlier) => earlier === kind).length;
      return [nth === 0 ? kind : `${kind}${nth + 1}`, { type: 'string', 'x-kind': kind }];
    }),
  );

const object = (properties: Readonly<Record<string, JsonObject>>): JsonObject => ({
  ...{ type: 'object', properties, required: Object.keys(properties) },
});

/** The tools of a file as task types: nothing of them is known but what their schemas and words say. */
export function entriesOf(tools: readonly Tool[]): readonly CatalogueEntry[] {
  return tools.map(({ name, description, parameters, takes, gives }) => {
    const named = parameters.map(
      (one) => [one.name, { type: 'string', description: one.description }] as const,
    );
    return {
      ...{ name, description, literalParameters: new Set<string>(), examples: [], synonyms: [], hints: {} },
      parameters: object({ ...Object.fromEntries<JsonObject>(named), ...kinds(takes) }),
      result: object(kinds(gives)),
    };
  });
}
