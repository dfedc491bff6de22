import type { Anthropic } from '@anthropic-ai/sdk';
import { AppConfig } from '../../../config/config.js';
import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import { NO_TIME_LIMIT_MS } from '../http/call-model.js';
import { exchangeFetch } from '../http/exchange.js';
import { type LanguageModel, LlmProvider } from '../language-model-provider.js';
import { missingKey, SdkProvider } from '../sdk-provider.js';
import { sdkModel } from '../sdk-model.js';
import { readAnthropicAnswer } from './read-answer.js';
import { anthropicSchemaIssues } from './schema.js';
import { toAnthropicRequest } from './to-request.js';

const BASE_URL = 'https://api.anthropic.com';
/** The one @anthropic-ai/sdk 1.12.0 is made for. */
const API_VERSION = '2026-10-21';

/** The Messages API through the official SDK. */
@LlmProvider({ id: 'anthropic', description: 'Models of Anthropic, by the Messages API.' })
export class AnthropicProvider extends SdkProvider<Anthropic> {
  constructor({ llm }: AppConfig) {
    super(llm.anthropic, missingKey(llm.anthropic, 'ANTHROPIC_API_KEY', 'the Anthropic API'));
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return anthropicSchemaIssues(schema);
  }

  override languageModel(model: string): LanguageModel {
    return sdkModel({
      provider: 'anthropic',
      secrets: this.secrets(),
      headers: { authorization: `Bearer ${this.settings.apiKey}`, 'anthropic-version': API_VERSION },
      convert: (request) => toAnthropicRequest({ ...request, model }),
      send: async (sent) => (await this.sdk()).messages.create(sent),
      read: readAnthropicAnswer,
    });
  }

  protected override async load(): Promise<Anthropic> {
    const { Anthropic } = await import('@anthropic-ai/sdk');
    const { apiKey, baseUrl } = this.settings;
    return new Anthropic({
      apiKey,
      baseURL: baseUrl ?? BASE_URL,
      fetch: exchangeFetch,
      maxRetries: 0,
      // Without one the SDK refuses, before it sends, more than 21,333 tokens of output.
      timeout: NO_TIME_LIMIT_MS,
      logLevel: 'off',
      openTelemetry: { traces: false, propagation: false },
    });
  }
}
