import { z } from 'zod';
import { done, type Done } from '../../domain/task-outcome.js';
import type { TaskHandler } from '../../domain/task-type.js';
import { TaskType } from '../../task-type.decorator.js';
import { AGGREGATE_HINTS } from './aggregate-hints.js';
import { aggregate, OPERATIONS, type Aggregate } from './aggregate.js';

const NAMES =
  'Found when the task runs: exactly, else without regard to case and to spelling (licence/license).';

const parameters = z.strictObject({
  input: z
    .unknown()
    .meta({ description: 'An array, or a map whose values are the elements; with `from`, their parent.' }),
  from: z
    .string()
    .min(1)
    .optional()
    .meta({
      description: `Member of \`input\` that holds the collection; an array is the collection itself. ${NAMES}`,
    }),
  operation: z.enum(OPERATIONS).meta({
    description:
      '`count` counts elements (with `of`: those that have it), `list` lists them (with `of`: its values where present); ' +
      '`sum`, `min`, `max`, `average` need a number in every element, also written as text.',
  }),
  of: z
    .string()
    .min(1)
    .optional()
    .meta({
      description: `Field of the elements to compute with; without it the elements themselves. ${NAMES}`,
      adjustable: true,
    }),
  by: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        `Field of the elements to group by. ${NAMES} Elements without it, or with null, are in the group "(none)"; ` +
        'numbers and booleans are grouped by their text, arrays and objects by their JSON text.',
      adjustable: true,
    }),
  where: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({
      description: `Only elements whose fields equal these literals. Null also matches an absent field. ${NAMES}`,
      adjustable: true,
    }),
});

const result = z.strictObject({
  total: z.unknown().meta({
    description:
      'Over all elements that `where` leaves: a number, an array for `list`, null for min, max and average of nothing.',
  }),
  groups: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: 'The same for each group; only with `by`.' }),
});

@TaskType({
  name: 'data.aggregate',
  description: 'Counts, sums, averages or lists the elements of an array or map, in total and by group.',
  parameters,
  result,
  effects: () => 'none',
  planning: AGGREGATE_HINTS,
  examples: [
    {
      title: 'Packages by licence',
      parameters: {
        input: { packages: { left: { license: 'MIT' }, right: { license: 'ISC' }, up: { license: 'MIT' } } },
        from: 'packages',
        operation: 'count',
        by: 'licence',
      },
    },
    {
      title: 'Revenue of one region by product',
      parameters: {
        input: [
          { product: 'desk', region: 'north', amount: 180 },
          { product: 'lamp', region: 'north', amount: 45 },
          { product: 'desk', region: 'south', amount: 175 },
        ],
        operation: 'sum',
        of: 'amount',
        by: 'product',
        where: { region: 'north' },
      },
    },
  ],
})
export class DataAggregateTask implements TaskHandler<z.output<typeof parameters>, Aggregate> {
  async execute(request: z.output<typeof parameters>): Promise<Done<Aggregate>> {
    return done(aggregate(request));
  }
}
