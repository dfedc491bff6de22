import { AppConfig, type ProviderSettings } from '../../../config/config.js';
import type { ModelRequest, ModelResult } from '../../domain/model-request.js';
import { callModel, NO_TIME_LIMIT_MS } from '../http/call-model.js';
import { jsonBytes } from '../json-bytes.js';
import {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type ProviderAvailability,
} from '../language-model-provider.js';
import { readChatAnswer } from './read-answer.js';
import { toChatRequest } from './to-request.js';

/** chat.completions of whichever server, through the SDK of OpenAI. */
@LlmProvider({
  id: 'openai-compatible',
  description: 'Models of a server that speaks chat.completions: Ollama, vLLM, LiteLLM and others.',
})
export class OpenAiCompatibleProvider implements LanguageModelProvider {
  private readonly settings: ProviderSettings;

  constructor(config: AppConfig) {
    this.settings = config.llm.openaiCompatible;
  }

  availability(): ProviderAvailability {
    if (this.settings.baseUrl !== null) return { available: true };
    const reason =
      'OPENAI_COMPATIBLE_BASE_URL is not set. Set it to the address of a server that speaks chat.completions.';
    return { available: false, reason };
  }

  secrets(): readonly string[] {
    return this.settings.apiKey === null ? [] : [this.settings.apiKey];
  }

  languageModel(model: string): LanguageModel {
    return {
      requestBytes: (request) => jsonBytes(toChatRequest({ ...request, model })),
      generate: (request, { signal }) => this.generate({ ...request, model }, signal),
    };
  }

  private generate(request: ModelRequest, signal: AbortSignal): Promise<ModelResult> {
    const { apiKey, baseUrl } = this.settings;
    const headers: Record<string, string> = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
    return callModel({
      provider: 'openai-compatible',
      secrets: this.secrets(),
      signal,
      headers,
      send: async (fetch) => {
        const { OpenAI } = await import('openai');
        const client = new OpenAI({
          // The SDK wants one, also for a server that does not; what is sent is the header above.
          apiKey: apiKey ?? 'none',
          baseURL: baseUrl,
          fetch,
          maxRetries: 0,
          timeout: NO_TIME_LIMIT_MS,
          logLevel: 'off',
        });
        return client.chat.completions.create(toChatRequest(request));
      },
      read: readChatAnswer,
    });
  }
}
