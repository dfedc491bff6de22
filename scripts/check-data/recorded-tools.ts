import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toCatalogueEntry } from '../../src/planning/domain/to-catalogue-entry.js';
import type { CatalogueEntry } from '../../src/planning/domain/catalogue-entry.js';
import { describeTaskType } from '../../src/tasks/domain/describe-task-type.js';
import type { RegisteredTaskType } from '../../src/tasks/domain/registered-task-type.js';
import type { ValidationContext } from '../../src/workflows/domain/validation-context.js';

interface Tool {
  readonly id: string;
  readonly desc: string;
  readonly 'input-type': readonly string[];
  readonly 'output-type': readonly string[];
}

/** The tools of a recording as task types, and what plans over them are read and checked against. */
export interface ToolCatalogue {
  readonly nameOf: ReadonlyMap<string, string>;
  readonly entries: readonly CatalogueEntry[];
  readonly context: ValidationContext;
}

export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** `['image', 'image']` → `image`, `image2`: what the recordings pass around are texts. */
function fieldNames(kinds: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return kinds.map((kind) => {
    const name = kind.toLowerCase();
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}${count}`;
  });
}

function shapeOf(kinds: readonly string[], field: z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(fieldNames(kinds).map((name) => [name, field]));
}

/**
 * How tools become types. `told`: as the models were told, which was kinds alone: neither names nor how many, so none is
 * required and other names are taken. `strict`: every kind is a required parameter.
 */
export type Loading = 'told' | 'strict';

function typeOf(tool: Tool, loading: Loading): RegisteredTaskType {
  const isStrict = loading === 'strict';
  const inputs = shapeOf(tool['input-type'], isStrict ? z.string() : z.string().optional());
  const described = describeTaskType(
    {
      name: `tool.${slug(tool.id)}`,
      description: tool.desc,
      parameters: z.looseObject(inputs),
      result: z.strictObject(shapeOf(tool['output-type'], z.string())),
      effects: () => 'none',
      examples: [],
    },
    { execute: () => Promise.resolve({ kind: 'done', result: null }) },
  );
  if ('problems' in described) throw new Error(described.problems.join('\n'));
  return described.type;
}

export function readTools(folder: string, recording: string, loading: Loading): ToolCatalogue {
  const path = join(folder, 'recorded-model-plans', `${recording}-tools.json`);
  const { nodes } = JSON.parse(readFileSync(path, 'utf8')) as { readonly nodes: readonly Tool[] };
  const types = new Map(nodes.map((tool) => typeOf(tool, loading)).map((type) => [type.name, type]));
  return {
    nameOf: new Map(nodes.map(({ id }) => [id, `tool.${slug(id)}`])),
    entries: [...types.values()].map(toCatalogueEntry),
    context: { findTaskType: (name) => types.get(name), taskTypeNames: [...types.keys()] },
  };
}
