import type { OpenAI } from 'openai';
import { AppConfig } from '../../../config/config.js';
import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import { NO_TIME_LIMIT_MS } from '../http/call-model.js';
import { exchangeFetch } from '../http/exchange.js';
import { type LanguageModel, LlmProvider } from '../language-model-provider.js';
import { missingKey, SdkProvider } from '../sdk-provider.js';
import { sdkModel } from '../sdk-model.js';
import { readOpenAiAnswer } from './read-answer.js';
import { openAiSchemaIssues } from './schema.js';
import { toOpenAiRequest } from './to-request.js';

const BASE_URL = 'https://api.openai.com/v1';

/** The Responses API through the official SDK. */
@LlmProvider({ id: 'openai', description: 'Models of OpenAI, by the Responses API.' })
export class OpenAiProvider extends SdkProvider<OpenAI> {
  constructor({ llm }: AppConfig) {
    super(llm.openai, missingKey(llm.openai, 'OPENAI_API_KEY', 'the OpenAI API'));
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return openAiSchemaIssues(schema);
  }

  override languageModel(model: string): LanguageModel {
    return sdkModel({
      provider: 'openai',
      secrets: this.secrets(),
      headers: { authorization: `Bearer ${this.settings.apiKey}` },
      convert: (request) => toOpenAiRequest({ ...request, model }),
      send: async (sent) => (await this.sdk()).responses.create(sent),
      read: readOpenAiAnswer,
    });
  }

  protected override async load(): Promise<OpenAI> {
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
