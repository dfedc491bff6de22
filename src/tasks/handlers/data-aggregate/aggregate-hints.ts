import type { PlanningHints } from '../../domain/planning-hints.js';

const ARITHMETIC = ['sum', 'min', 'max', 'average'];

/** "Count the packages per licence": operation, `from` and `by`; "sum the amounts by region": operation, `of` and `by`. */
export const AGGREGATE_HINTS: PlanningHints = {
  synonyms: ['tally', 'total', 'group', 'how many', 'number', 'highest', 'lowest', 'mean', 'statistics'],
  parameters: {
    operation: {
      words: {
        count: ['count', 'counts', 'counting', 'how many', 'number of', 'tally'],
        sum: ['sum', 'sum up', 'add up', 'total'],
        max: ['maximum', 'highest', 'largest', 'max'],
        min: ['minimum', 'lowest', 'smallest', 'min'],
        average: ['average', 'mean'],
        list: ['list', 'collect'],
      },
    },
    from: { object: { parameter: 'operation', in: ['count', 'list'] }, head: true },
    of: {
      after: [
        'total',
        'sum of',
        'average',
        'mean',
        'highest',
        'largest',
        'maximum',
        'lowest',
        'smallest',
        'minimum',
      ],
      onlyWith: { parameter: 'operation', in: ARITHMETIC },
      object: true,
      head: true,
    },
    by: { after: ['per', 'by', 'for each', 'for every'], head: true },
    where: { after: ['where', 'whose', 'if'], equality: true },
  },
  yields: [{ field: 'groups', with: ['by'] }, { field: 'total' }],
};
