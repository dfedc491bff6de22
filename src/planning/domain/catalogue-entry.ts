import type { PlanningHints } from '../../tasks/domain/planning-hints.js';
import type { JsonObject } from '../../common/json.js';

/** A task type as planners see it: what can be used in this plan, and nothing of how it is done. */
export interface CatalogueEntry {
  /** `group.verb`. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema (2020-12) of the parameters as a caller writes them. */
  readonly parameters: JsonObject;
  readonly result: JsonObject;
  /** Top-level parameters that no text of a request and no reference may get into. */
  readonly literalParameters: ReadonlySet<string>;
  readonly examples: readonly { readonly title: string; readonly parameters: unknown }[];
  /** Words people use for it that its description does not hold. */
  readonly synonyms: readonly string[];
  readonly hints: Omit<PlanningHints, 'synonyms'>;
}

/** Whether it hands a whole clause to somebody who reads it: a person. */
export const takesClause = ({ hints }: CatalogueEntry): boolean =>
  Object.values(hints.parameters ?? {}).some(({ clause }) => clause === true);

/** An agent that may execute tasks of the plan. */
export interface PlanningAgent {
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly string[];
}
