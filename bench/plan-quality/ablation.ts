import { WEIGHTS, type Weights } from '../../src/planning/rules/domain/weights.js';

/** Parts of the planner without history, each switched off by its weights. */
const OFF: Readonly<Record<string, Partial<Weights>>> = {
  'synonym classes': { verbClass: 0, otherVerbClass: 0, objectClass: 0 },
  'classes of things': { objectClass: 0 },
  'classes of actions': { verbClass: 0, otherVerbClass: 0 },
  'first words weigh more': { laterTerm: 1 },
  parameters: { parameterField: 0 },
  'whole request': { wholeRequest: 0, wholeRequestNamed: 0 },
  'action agreement': { otherAction: 1 },
  'actions nobody asks for': { unaskedAction: 1 },
  'kinds a clause names': { flowDiffers: 1 },
  'one for all clauses': { candidates: 1 },
  'kinds that feed the next': { infeasible: 1, fitsPrevious: 1 },
  'keep rule': { keepAbsolute: 0, keepRelative: 0 },
  'look-ups': { lookUpDepth: 0 },
  'look-up first, then more': { asksMore: Infinity },
  'second task type': { second: Infinity },
  'look-up for a condition': { decides: Infinity },
};

/** The weights without each part, by its name. */
export const ablations = (): readonly (readonly [part: string, weights: Weights])[] =>
  Object.entries(OFF).map(([part, off]) => [`without ${part}`, { ...WEIGHTS, ...off }] as const);
