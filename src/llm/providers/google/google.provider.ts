import type { GoogleGenAI } from '@google/genai';
import { AppConfig } from '../../../config/config.js';
import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import { exchangeFetch } from '../http/exchange.js';
import { type LanguageModel, LlmProvider } from '../language-model-provider.js';
import { missingKey, SdkProvider } from '../sdk-provider.js';
import { sdkModel } from '../sdk-model.js';
import { readGoogleAnswer } from './read-answer.js';
import { googleSchemaIssues } from './schema.js';
import { toGoogleRequest } from './to-request.js';

const BASE_URL = 'https://generativelanguage.googleapis.com';
/** `responseJsonSchema` is documented here; the SDK itself would take v1, or what the environment says. */
const API_VERSION = 'v1beta';

/** generateContent of the Gemini API through the official SDK. */
@LlmProvider({ id: 'google', description: 'Models of Google, by the Gemini API.' })
export class GoogleProvider extends SdkProvider<GoogleGenAI> {
  constructor({ llm }: AppConfig) {
    super(llm.google, missingKey(llm.google, 'GOOGLE_API_KEY', 'the Gemini API'));
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return googleSchemaIssues(schema);
  }

  override languageModel(model: string): LanguageModel {
    return sdkModel({
      provider: 'google',
      secrets: this.secrets(),
      headers: { 'x-goog-api-key': this.settings.apiKey ?? '' },
      convert: (request) => toGoogleRequest({ ...request, model }),
      send: async (sent) => (await this.sdk()).models.generateContent(sent),
      read: readGoogleAnswer,
    });
  }

  protected override async load(): Promise<GoogleGenAI> {
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
