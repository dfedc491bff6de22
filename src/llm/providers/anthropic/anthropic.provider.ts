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
import { readAnthropicAnswer } from './read-answer.js';
import { anthropicSchemaIssues } from './schema.js';
import { toAnthropicRequest } from './to-request.js';

const BASE_URL = 'https://api.anthropic.com';
/** The one @anthropic-ai/sdk 1.12.0 is made for. */
const API_VERSION = '2026-10-21';

/** The Messages API through the official SDK. */
@LlmProvider({ id: 'anthropic', description: 'Models of Anthropic, by the Messages API.' })
export class AnthropicProvider implements LanguageModelProvider {
  private readonly settings: ProviderSettings;

  constructor(config: AppConfig) {
    this.settings = config.llm.anthropic;
  }

  availability(): ProviderAvailability {
    if (this.settings.apiKey !== null) return { available: true };
    return {
      available: false,
      reason: 'ANTHROPIC_API_KEY is not set. Set it to a key of the Anthropic API.',
    };
  }

  secrets(): readonly string[] {
    return this.settings.apiKey === null ? [] : [this.settings.apiKey];
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return anthropicSchemaIssues(schema);
  }

  languageModel(model: string): LanguageModel {
    return {
      requestBytes: (request) => jsonBytes(toAnthropicRequest({ ...request, model })),
      generate: (request, { signal }) => this.generate({ ...request, model }, signal),
    };
  }

  private generate(request: ModelRequest, signal: AbortSignal): Promise<ModelResult> {
    const { apiKey, baseUrl } = this.settings;
    return callModel({
      provider: 'anthropic',
      secrets: this.secrets(),
      signal,
      headers: { authorization: `Bearer ${apiKey}`, 'anthropic-version': API_VERSION },
      send: async (fetch) => {
        const { Anthropic } = await import('@anthropic-ai/sdk');
        const client = new Anthropic({
          apiKey,
          baseURL: baseUrl ?? BASE_URL,
          fetch,
          maxRetries: 0,
          // Without one the SDK refuses, before it sends, more than 21,333 tokens of output.
          timeout: NO_TIME_LIMIT_MS,
          logLevel: 'off',
          openTelemetry: { traces: false, propagation: false },
        });
        return client.messages.create(toAnthropicRequest(request));
      },
      read: readAnthropicAnswer,
    });
  }
}
