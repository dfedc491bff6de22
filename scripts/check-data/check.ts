import { z } from 'zod';
import { describeTaskType } from '../../src/tasks/domain/describe-task-type.js';
import { type Quote, quoteDefinition, type QuoteInputs } from '../../src/workflows/domain/quote.js';
import { validateDefinition } from '../../src/workflows/domain/validate-definition.js';
import type { ValidationContext } from '../../src/workflows/domain/validation-context.js';

const described = describeTaskType(
  {
    name: 'timer.wait',
    description: 'Waits.',
    parameters: z.strictObject({
      seconds: z.number().min(0),
      note: z.string().optional(),
      from: z.unknown().optional(),
    }),
    result: z.strictObject({ waitedSeconds: z.number() }),
    effects: () => 'none',
    examples: [{ title: 'One second', parameters: { seconds: 1 } }],
  },
  { execute: () => Promise.resolve({ kind: 'done', result: null }) },
);
if ('problems' in described) throw new Error(described.problems.join('\n'));
const { type } = described;

export const findType = (name: string) => (name === type.name ? type : undefined);

const context: ValidationContext = {
  findTaskType: findType,
  taskTypeNames: [type.name],
  agents: [{ id: 'owner', capabilities: ['timer.*'], status: 'active' }],
};

/** Validates and quotes as the API does; a definition with issues is an error. */
export function validateAndQuote(value: unknown, inputs: QuoteInputs = {}): Quote {
  const { quotable, issues } = validateDefinition(value, context);
  if (quotable === null || issues.length > 0) throw new Error(JSON.stringify(issues.slice(0, 3)));
  return quoteDefinition(quotable.definition, quotable.graph, {
    ...inputs,
    findTaskType: context.findTaskType,
  });
}

/** Equality to the microsecond. */
export const isSameTime = (a: number, b: number): boolean => Math.round(a * 1e6) === Math.round(b * 1e6);
