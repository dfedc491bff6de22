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
  z.object({ nodes: z.array(z.unknown()) }).transform(({ nodes }) => nodes),
  z.array(z.unknown()),
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
  /** Lines that are no JSON, without a request or without a plan. */
  readonly skipped: number;
}

/** A file that cannot be used, in words for whoever named it. */
export class UnusableFileError extends Error {}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim();
  } catch (error) {
    throw new UnusableFileError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnusableFileError(`${path} is no JSON: ${(error as Error).message}`);
  }
}

function toolOf(value: unknown): Tool | null {
  const { data: one } = tool.safeParse(value);
  if (one === undefined) return null;
  return {
    ...{ name: one.id, description: one.desc ?? '' },
    ...{ takes: one['input-type'] ?? [], gives: one['output-type'] ?? [] },
    parameters: (one.parameters ?? []).map(({ name, type, desc }) => ({
      ...{ name, type: type ?? 'string', description: desc ?? '' },
    })),
  };
}

export interface CatalogueFile {
  readonly tools: readonly Tool[];
  /** Entries without an id, or with that of an earlier one. */
  readonly skipped: number;
}

/** Tools by name, the first of each. Fails as `UnusableFileError` when the file is no catalogue. */
export function readCatalogueFile(path: string): CatalogueFile {
  const { data: values } = catalogueFile.safeParse(jsonOf(contentOf(path), path));
  if (values === undefined)
    throw new UnusableFileError(
      `${path} is no catalogue: a list of tools, or an object with the list as "nodes".`,
    );
  const firsts = new Map<string, Tool>();
  for (const one of values.map(toolOf)) if (one !== null && !firsts.has(one.name)) firsts.set(one.name, one);
  if (firsts.size === 0) throw new UnusableFileError(`${path} holds no tool with an id.`);
  return { tools: [...firsts.values()], skipped: values.length - firsts.size };
}

export const readCatalogue = (path: string): readonly Tool[] => readCatalogueFile(path).tools;

function requestOf(value: unknown, index: number): GoldRequest | null {
  const { data } = requestLine.safeParse(value);
  if (data === undefined) return null;
  const nodes = data.task_nodes.map(({ task }) => task);
  return {
    ...{ id: data.id ?? String(index), text: data.user_request, steps: data.task_steps ?? [] },
    gold: { nodes, links: data.task_links ?? [] },
  };
}

/** null: no JSON. */
function lineOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Requests of a file with a JSON array or with one JSON value a line. Fails as `UnusableFileError` without any. */
export function readRequestFile(path: string): RequestFile {
  const content = contentOf(path);
  const values: unknown[] = content.startsWith('[')
    ? (jsonOf(content, path) as unknown[])
    : content.split('\n').flatMap((line) => (line.trim() === '' ? [] : [lineOf(line)]));
  const requests = values.flatMap((value, index) => requestOf(value, index) ?? []);
  if (requests.length === 0)
    throw new UnusableFileError(`${path} holds no request with "user_request" and "task_nodes".`);
  return { requests, skipped: values.length - requests.length };
}

export const readRequests = (path: string): readonly GoldRequest[] => readRequestFile(path).requests;
