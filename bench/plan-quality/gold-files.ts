import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A catalogue and requests in the form of TaskBench (microsoft/JARVIS) and RestBench; whatever else they hold is not read. */
const text = z.union([z.string(), z.number()]).transform(String);
const words = z.union([z.array(z.string()), z.string().transform((one) => [one])]).nullish();
const parameter = z.union([
  z.object({ name: text, type: z.string().nullish(), desc: z.string().nullish() }),
  z.string().transform((name) => ({ name, type: null, desc: null })),
]);
const tool = z.object({
  id: text,
  desc: z.string().nullish(),
  parameters: z.array(parameter).nullish(),
  'input-type': words,
  'output-type': words,
});
const catalogueFile = z.union([
  z.object({ nodes: z.array(tool) }).transform(({ nodes }) => nodes),
  z.array(tool),
]);

const node = z.union([z.object({ task: text }), text.transform((task) => ({ task }))]);
const link = z.object({ source: text, target: text });
const step = z.union([z.string(), z.object({ description: z.string() }).transform((one) => one.description)]);
const requestLine = z.object({
  id: text.nullish(),
  user_request: z.string().min(1),
  task_steps: z.array(step).nullish().catch([]),
  task_nodes: z.array(node).min(1),
  task_links: z.array(link).nullish().catch([]),
});

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string;
  }[];
  /** Kinds of what it takes and gives, where the catalogue says so. */
  readonly takes: readonly string[];
  readonly gives: readonly string[];
}

/** Tools by name, and which comes before which. */
export interface PlanGraph {
  readonly nodes: readonly string[];
  readonly links: readonly { readonly source: string; readonly target: string }[];
}

export interface GoldRequest {
  readonly id: string;
  readonly text: string;
  /** Sentences of somebody who wrote the plan down; may be none. */
  readonly steps: readonly string[];
  readonly gold: PlanGraph;
}

export interface RequestFile {
  readonly requests: readonly GoldRequest[];
  /** Lines without a request or without a plan. */
  readonly skipped: number;
}

/** Tools by name, the first of each. Fails when the file is no catalogue. */
export function readCatalogue(path: string): readonly Tool[] {
  const tools = catalogueFile.parse(JSON.parse(readFileSync(path, 'utf8'))).map((one) => ({
    ...{ name: one.id, description: one.desc ?? '' },
    ...{ takes: one['input-type'] ?? [], gives: one['output-type'] ?? [] },
    parameters: (one.parameters ?? []).map(({ name, type, desc }) => ({
      ...{ name, type: type ?? 'string', description: desc ?? '' },
    })),
  }));
  const firsts = new Map<string, Tool>();
  for (const one of tools) if (!firsts.has(one.name)) firsts.set(one.name, one);
  return [...firsts.values()];
}

function requestOf(value: unknown, index: number): GoldRequest | null {
  const { data } = requestLine.safeParse(value);
  if (data === undefined) return null;
  const nodes = data.task_nodes.map(({ task }) => task);
  return {
    ...{ id: data.id ?? String(index), text: data.user_request, steps: data.task_steps ?? [] },
    gold: { nodes, links: data.task_links ?? [] },
  };
}

/** Requests of a file with a JSON array or with one JSON value a line. */
export function readRequestFile(path: string): RequestFile {
  const content = readFileSync(path, 'utf8').trim();
  const values: unknown[] = content.startsWith('[')
    ? (JSON.parse(content) as unknown[])
    : content.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]));
  const requests = values.flatMap((value, index) => requestOf(value, index) ?? []);
  return { requests, skipped: values.length - requests.length };
}

export const readRequests = (path: string): readonly GoldRequest[] => readRequestFile(path).requests;
