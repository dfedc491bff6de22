/** What counts how much when a request is read; one set for every catalogue, tuned on several at once. */
export const WEIGHTS = {
  /** The verb itself, next to any other word. */
  verbTerm: 0.7,
  /** Synonym classes of the verb, of actions other words name, of things. */
  verbClass: 0.6,
  otherVerbClass: 0.3,
  objectClass: 1.3,
  /** Parameters and examples next to name and description. */
  parameterField: 0.3,
  /** Verb and object stand at the beginning of a clause. */
  leadingTerms: 12,
  laterTerm: 0.5,
  /** Of the score of the whole request, for a task type the clause hits itself. */
  wholeRequest: 0.4,
  /** The same for a clause that names its object itself. */
  wholeRequestNamed: 0.2,
  /** An action in the name of the task type that the clause does not ask for. */
  unaskedAction: 0.8,
  /** Action of the clause and of the task type differ. */
  otherAction: 0.7,
  /** Best score of a clause that is kept: share of the most telling term, share of the best clause. */
  keepAbsolute: 0.4,
  keepRelative: 0.2,
  /** Of the most telling term, for searching what is named; for what leads from one thing to another. */
  searchNamed: 0.8,
  leadsTo: 0.7,
  /** Of the most telling term: what a clause asks beyond the look-up it names. */
  asksMore: 0.35,
  candidates: 6,
  /** Kinds of data a clause names are, are not those of the task type. */
  flowFits: 1,
  flowDiffers: 0.7,
  /** An input of a kind that nothing before yields. */
  infeasible: 0.7,
  /** An input of the kind the step before yields. */
  fitsPrevious: 1.2,
  /** The same task type twice in a row. */
  repeated: 0.8,
} as const;

export type Weights = { readonly [Name in keyof typeof WEIGHTS]: number };
