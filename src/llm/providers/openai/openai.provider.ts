import { AppConfig, type ProviderSettings } from '../../../config/config.js';
import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import type { ModelRequest, ModelResult } from '../../domain/model-request.js';
import { callModel, NO_TIME_LIMIT_MS } from '../http/call-model.js';
import { jsonBytes } from '../json-bytes.js';
import {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type ProviderAvailability,
} from '../language-model-provider.js';
import { readOpenAiAnswer } from './read-answer.js';
import { openAiSchemaIssues } from './schema.js';
import { toOpenAiRequest } from './to-request.js';

const BASE_URL = 'https://api.openai.com/v1';

/** The Responses API through the official SDK. */
@LlmProvider({ id: 'openai', description: 'Models of OpenAI, by the Responses API.' })
export class OpenAiProvider implements LanguageModelProvider {
  private readonly settings: ProviderSettings;

  constructor(config: AppConfig) {
    this.settings = config.llm.openai;
  }

  availability(): ProviderAvailability {
    if (this.settings.apiKey !== null) return { available: true };
    return { available: false, reason: 'OPENAI_API_KEY is not set. Set it to a key of the OpenAI API.' };
  }

  secrets(): readonly string[] {
    return this.settings.apiKey === null ? [] : [this.settings.apiKey];
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return openAiSchemaIssues(schema);
  }

  languageModel(model: string): LanguageModel {
    return {
      requestBytes: (request) => jsonBytes(toOpenAiRequest({ ...request, model })),
      generate: (request, { signal }) => this.generate({ ...request, model }, signal),
    };
  }

  private generate(request: ModelRequest, signal: AbortSignal): Promise<ModelResult> {
    const { apiKey, baseUrl } = this.settings;
    return callModel({
      provider: 'openai',
      secrets: this.secrets(),
      signal,
      headers: { authorization: `Bearer ${apiKey}` },
      send: async (fetch) => {
        const { OpenAI } = await import('openai');
        const client = new OpenAI({
          apiKey,
          baseURL: baseUrl ?? BASE_URL,
          fetch,
          maxRetries: 0,
          timeout: NO_TIME_LIMIT_MS,
          logLevel: 'off',
        });
        return client.responses.create(toOpenAiRequest(request));
      },
      read: readOpenAiAnswer,
    });
  }
}
