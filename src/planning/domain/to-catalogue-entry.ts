import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import type { CatalogueEntry } from './catalogue-entry.js';

/** What planners see of a task type. */
export function toCatalogueEntry(type: RegisteredTaskType): CatalogueEntry {
  const { name, description, parametersJsonSchema, resultJsonSchema, literalParameters, examples } = type;
  const { synonyms = [], ...hints } = type.planning ?? {};
  return {
    ...{ name, description, parameters: parametersJsonSchema, result: resultJsonSchema },
    ...{ literalParameters, examples, synonyms, hints },
  };
}
