/**
 * What counts how much when a request is read: one set for every catalogue, tuned on several at once. Scores are sums of
 * BM25; a threshold is a share of `CatalogueIndex.unit`, so that it means the same in a catalogue of 10 and of 1,000.
 */
export const WEIGHTS = {
  /** The verb itself, next to any other word. */
  verbTerm: 0.7,
  /** Synonym classes: of the verb, of actions that other words name, of things. */
  verbClass: 0.7,
  otherVerbClass: 0.2,
  objectClass: 1.3,
  /** What a literal is, next to a word. */
  literalKind: 0.3,
  /** Parameters and examples, next to name and description. */
  parameterField: 0.3,
  /** Verb and object stand among the first words of a clause; what later ones count. */
  leadingTerms: 8,
  laterTerm: 0.5,
  /** Of the score of the whole request, for a task type the clause hits itself: of "cancel it", of "cancel the order". */
  wholeRequest: 0.4,
  wholeRequestNamed: 0.15,
  /** The task type does another action than the clause asks for. */
  otherAction: 0.7,
  /** Its name says an action besides, that the clause does not ask for. */
  unaskedAction: 0.75,
  /** It takes or gives other kinds of data than the clause names. */
  flowDiffers: 0.7,
  /** A clause that nothing fits better is left to a person: share of the unit, of the best clause. */
  keepAbsolute: 0.3,
  keepRelative: 0.15,
  /** Task types per clause that are weighed against those of the other clauses. */
  candidates: 6,
  /** Its input is of a kind that nothing yields; of the kind the step before yields. */
  infeasible: 0.7,
  fitsPrevious: 1.4,
  /** The same task type as the step before. */
  repeated: 0.8,
  /** How many look-ups in a row are put in for one task type. */
  lookUpDepth: 2,
  /** A look-up by name where the clause names something. */
  searchNamed: 0.8,
  /** What leads from one thing to another, next to what finds it. */
  leadsTo: 0.7,
  /** What a clause asks of the thing its look-up finds. */
  asksMore: 0.35,
  /** A second task type of one clause: share of the unit, of the first one's score. */
  second: 1.1,
  secondRelative: 0.5,
  /** A look-up that answers a condition. */
  decides: 0.8,
} as const;

export type Weights = { readonly [Name in keyof typeof WEIGHTS]: number };
