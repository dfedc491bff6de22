import type { Issue } from '../../common/issue.js';
import type { JsonObject } from '../../common/json.js';
import type { ModelDescription } from '../domain/model-price.js';
import type { LanguageModel, ProviderAvailability } from './language-model-provider.js';

/** A provider as the rest of Tandem sees it: its declaration, its instance and the models it has. */
export interface RegisteredProvider {
  readonly id: string;
  readonly description: string;
  readonly className: string;
  /** Of the price list as it is today and of its own; a provider may know others by name. */
  models(): readonly ModelDescription[];
  /** Asked when only the provider is named; null: it has none. */
  defaultModel(): ModelDescription | null;
  /** The id of the default model it declares, whether it is known or not. */
  readonly wantedDefault?: string | undefined;
  availability(): ProviderAvailability;
  languageModel(modelId: string): LanguageModel;
  /** Limits and prices of an exact id; null: not known, so it is not asked. */
  describe(modelId: string): ModelDescription | null;
  schemaIssues(schema: JsonObject): readonly Issue[];
  secrets(): readonly string[];
}
