import {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type ProviderAvailability,
} from '../language-model-provider.js';

const REASON =
  'No provider of models is configured. Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GOOGLE_API_KEY, ' +
  'OPENAI_COMPATIBLE_BASE_URL or LLM_SCRIPT to configure one.';

/** Stands in where no other provider is configured: it says what to set, and has no models. */
@LlmProvider({ id: 'disabled', description: 'No models: everything is decided by rules.' })
export class DisabledProvider implements LanguageModelProvider {
  availability(): ProviderAvailability {
    return { available: false, reason: REASON };
  }

  languageModel(modelId: string): LanguageModel {
    throw new Error(
      `The provider disabled has no model ${JSON.stringify(modelId)}: ask availability() before languageModel().`,
    );
  }
}
