import type { GoogleGenAI } from '@google/genai';
import { AppConfig, type ProviderSettings } from '../../../config/config.js';
import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import { exchangeFetch } from '../http/exchange.js';
import { keyAsSecret, withApiKey } from '../api-key.js';
import {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type ProviderAvailability,
} from '../language-model-provider.js';
import { sdkModel } from '../sdk-model.js';
import { readGoogleAnswer } from './read-answer.js';
import { googleSchemaIssues } from './schema.js';
import { toGoogleRequest } from './to-request.js';

const BASE_URL = 'https://generativelanguage.googleapis.com';
/** `responseJsonSchema` is documented here; the SDK itself would take v1, or what the environment says. */
const API_VERSION = 'v1beta';

/** generateContent of the Gemini API through the official SDK. */
@LlmProvider({ id: 'google', description: 'Models of Google, by the Gemini API.' })
export class GoogleProvider implements LanguageModelProvider {
  private readonly settings: ProviderSettings;
  private client: Promise<GoogleGenAI> | undefined;

  constructor(config: AppConfig) {
    this.settings = config.llm.google;
  }

  availability(): ProviderAvailability {
    return withApiKey(this.settings, 'GOOGLE_API_KEY', 'the Gemini API');
  }

  secrets(): readonly string[] {
    return keyAsSecret(this.settings);
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return googleSchemaIssues(schema);
  }

  languageModel(model: string): LanguageModel {
    return sdkModel({
      provider: 'google',
      secrets: this.secrets(),
      headers: { 'x-goog-api-key': this.settings.apiKey ?? '' },
      convert: (request) => toGoogleRequest({ ...request, model }),
      send: async (sent) => (await this.sdk()).models.generateContent(sent),
      read: readGoogleAnswer,
    });
  }

  private sdk(): Promise<GoogleGenAI> {
    return (this.client ??= this.load());
  }

  private async load(): Promise<GoogleGenAI> {
    const { GoogleGenAI } = await import('@google/genai');
    const { apiKey, baseUrl } = this.settings;
    // It has no retries unless `retryOptions` asks for them, and no log level.
    return new GoogleGenAI({
      apiKey: apiKey ?? '',
      vertexai: false,
      apiVersion: API_VERSION,
      httpOptions: { baseUrl: baseUrl ?? BASE_URL, fetch: exchangeFetch },
    });
  }
}
