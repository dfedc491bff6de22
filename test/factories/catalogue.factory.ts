import { z } from 'zod';
import { toCatalogueEntry } from '../../src/planning/domain/to-catalogue-entry.js';
import type { CatalogueEntry, PlanningAgent } from '../../src/planning/domain/catalogue-entry.js';
import type { RegisteredTaskType } from '../../src/tasks/domain/registered-task-type.js';
import type { ValidationContext } from '../../src/workflows/domain/validation-context.js';
import { aTaskType, aValidationContext } from './definition.factory.js';

const FORMATS = ['text', 'json', 'csv'] as const;

/** A small catalogue of the kinds of parameters there are: required, optional, chosen, typed, any, literal. */
export const PLAN_TYPES: readonly RegisteredTaskType[] = [
  aTaskType({
    name: 'file.read',
    description: 'Reads a file.',
    parameters: z.strictObject({ path: z.string().min(1), parse: z.enum(FORMATS).default('text') }),
    result: z.strictObject({ path: z.string(), bytes: z.int(), content: z.unknown() }),
  }),
  aTaskType({
    name: 'file.write',
    description: 'Writes a file.',
    parameters: z.strictObject({
      path: z.string().min(1),
      content: z.unknown().refine((value) => value !== undefined),
      format: z.enum(FORMATS).optional(),
    }),
    result: z.strictObject({ path: z.string(), bytes: z.int() }),
  }),
  aTaskType({
    name: 'text.summarize',
    description: 'Makes a long text short, also known as automatic text abridgement.',
    parameters: z.strictObject({ text: z.string(), maxSentences: z.int().optional() }),
    result: z.strictObject({ text: z.string() }),
  }),
  aTaskType({
    name: 'text.render',
    description: 'Renders a template.',
    parameters: z.strictObject({
      template: z.string().meta({ 'x-literal': true }),
      data: z.record(z.string(), z.unknown()).default({}),
    }),
    result: z.strictObject({ text: z.string() }),
  }),
  aTaskType({
    name: 'http.request',
    description: 'Sends an HTTP request.',
    parameters: z.strictObject({
      url: z.string().min(1),
      method: z.enum(['GET', 'POST']).default('GET'),
      expectStatus: z.array(z.int()).optional(),
      followRedirects: z.boolean().optional(),
      body: z.unknown().optional(),
    }),
    result: z.strictObject({ status: z.int(), body: z.unknown() }),
  }),
  aTaskType({
    name: 'human.task',
    description: 'Asks a person.',
    parameters: z.strictObject({ question: z.string().min(1) }),
    result: z.strictObject({ answer: z.unknown(), by: z.string() }),
  }),
  aTaskType({
    name: 'image.edit',
    description: 'Changes an image as told.',
    parameters: z.strictObject({ text: z.string(), image: z.string() }),
    result: z.strictObject({ image: z.string() }),
  }),
];

export const PLAN_CATALOGUE: readonly CatalogueEntry[] = PLAN_TYPES.map(toCatalogueEntry);

export const PLAN_AGENTS: readonly PlanningAgent[] = [
  { id: '01920000-0000-7000-8000-00000000000a', name: 'Archivist', capabilities: ['*'] },
  { id: '01920000-0000-7000-8000-00000000000b', name: 'Web Crawler', capabilities: ['*'] },
];

/** What plans over `PLAN_TYPES` are checked against. */
export const planContext = (): ValidationContext =>
  aValidationContext(PLAN_TYPES, { agents: PLAN_AGENTS.map((agent) => ({ ...agent, status: 'active' })) });
