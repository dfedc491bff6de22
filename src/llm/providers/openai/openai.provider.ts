import type { OpenAI } from 'openai';
import { AppConfig, type ProviderSettings } from '../../../config/config.js';
import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import { NO_TIME_LIMIT_MS } from '../http/call-model.js';
import { exchangeFetch } from '../http/exchange.js';
import { keyAsSecret, withApiKey } from '../api-key.js';
import {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type ProviderAvailability,
} from '../language-model-provider.js';
import { sdkModel } from '../sdk-model.js';
import { readOpenAiAnswer } from './read-answer.js';
import { openAiSchemaIssues } from './schema.js';
import { toOpenAiRequest } from './to-request.js';

const BASE_URL = 'https://api.openai.com/v1';

/** The Responses API through the official SDK. */
@LlmProvider({ id: 'openai', description: 'Models of OpenAI, by the Responses API.' })
export class OpenAiProvider implements LanguageModelProvider {
  private readonly settings: ProviderSettings;
  private client: Promise<OpenAI> | undefined;

  constructor(config: AppConfig) {
    this.settings = config.llm.openai;
  }

  availability(): ProviderAvailability {
    return withApiKey(this.settings, 'OPENAI_API_KEY', 'the OpenAI API');
  }

  secrets(): readonly string[] {
    return keyAsSecret(this.settings);
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return openAiSchemaIssues(schema);
  }

  languageModel(model: string): LanguageModel {
    return sdkModel({
      provider: 'openai',
      secrets: this.secrets(),
      headers: { authorization: `Bearer ${this.settings.apiKey}` },
      convert: (request) => toOpenAiRequest({ ...request, model }),
      send: async (sent) => (await this.sdk()).responses.create(sent),
      read: readOpenAiAnswer,
    });
  }

  private sdk(): Promise<OpenAI> {
    return (this.client ??= this.load());
  }

  private async load(): Promise<OpenAI> {
    const { OpenAI } = await import('openai');
    const { apiKey, baseUrl } = this.settings;
    return new OpenAI({
      apiKey,
      baseURL: baseUrl ?? BASE_URL,
      fetch: exchangeFetch,
      maxRetries: 0,
      timeout: NO_TIME_LIMIT_MS,
      logLevel: 'off',
    });
  }
}
