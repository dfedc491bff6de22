import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A catalogue and requests in the form of TaskBench (microsoft/JARVIS) and RestBench. */
const parameter = z.object({
  name: z.string(),
  type: z.string().default('string'),
  desc: z.string().default(''),
});
const tool = z.object({
  id: z.string().min(1),
  desc: z.string().default(''),
  parameters: z.array(parameter).default([]),
  'input-type': z.array(z.string()).default([]),
  'output-type': z.array(z.string()).default([]),
});
const catalogueFile = z.object({ nodes: z.array(tool) });

const node = z.object({ task: z.string() });
const link = z.object({ source: z.string(), target: z.string() });
const requestLine = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  user_request: z.string(),
  task_steps: z.array(z.string()).default([]),
  task_nodes: z.array(node),
  task_links: z.array(link).default([]),
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

/** Fails with every line that does not fit. */
export function readCatalogue(path: string): readonly Tool[] {
  const { nodes } = catalogueFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  return nodes.map(({ id, desc, parameters, 'input-type': takes, 'output-type': gives }) => ({
    ...{ name: id, description: desc, takes, gives },
    parameters: parameters.map(({ name, type, desc: description }) => ({ name, type, description })),
  }));
}

export function readRequests(path: string): readonly GoldRequest[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const { id, user_request, task_steps, task_nodes, task_links } = requestLine.parse(JSON.parse(line));
    const gold = { nodes: task_nodes.map(({ task }) => task), links: task_links };
    return { id, text: user_request, steps: task_steps, gold };
  });
}
