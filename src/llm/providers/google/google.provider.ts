import { AppConfig, type ProviderSettings } from '../../../config/config.js';
import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import type { ModelRequest, ModelResult } from '../../domain/model-request.js';
import { callModel } from '../http/call-model.js';
import { jsonBytes } from '../json-bytes.js';
import {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type ProviderAvailability,
} from '../language-model-provider.js';
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

  constructor(config: AppConfig) {
    this.settings = config.llm.google;
  }

  availability(): ProviderAvailability {
    if (this.settings.apiKey !== null) return { available: true };
    return { available: false, reason: 'GOOGLE_API_KEY is not set. Set it to a key of the Gemini API.' };
  }

  secrets(): readonly string[] {
    return this.settings.apiKey === null ? [] : [this.settings.apiKey];
  }

  schemaIssues(schema: JsonObject): readonly Issue[] {
    return googleSchemaIssues(schema);
  }

  languageModel(model: string): LanguageModel {
    return {
      requestBytes: (request) => jsonBytes(toGoogleRequest({ ...request, model })),
      generate: (request, { signal }) => this.generate({ ...request, model }, signal),
    };
  }

  private generate(request: ModelRequest, signal: AbortSignal): Promise<ModelResult> {
    const apiKey = this.settings.apiKey ?? '';
    const baseUrl = this.settings.baseUrl ?? BASE_URL;
    return callModel({
      provider: 'google',
      secrets: this.secrets(),
      signal,
      headers: { 'x-goog-api-key': apiKey },
      send: async (fetch) => {
        const { GoogleGenAI } = await import('@google/genai');
        // It has no retries unless `retryOptions` asks for them, and no log level.
        const client = new GoogleGenAI({
          apiKey,
          vertexai: false,
          apiVersion: API_VERSION,
          httpOptions: { baseUrl, fetch },
        });
        return client.models.generateContent(toGoogleRequest(request));
      },
      read: readGoogleAnswer,
    });
  }
}
