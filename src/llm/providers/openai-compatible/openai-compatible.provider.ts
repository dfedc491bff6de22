import type { OpenAI } from 'openai';
import { AppConfig, type LlmSettings } from '../../../config/config.js';
import type { ModelDescription } from '../../domain/model-price.js';
import { NO_TIME_LIMIT_MS } from '../http/call-model.js';
import { exchangeFetch } from '../http/exchange.js';
import { type LanguageModel, LlmProvider } from '../language-model-provider.js';
import { SdkProvider } from '../sdk-provider.js';
import { sdkModel } from '../sdk-model.js';
import { readChatAnswer } from './read-answer.js';
import { toChatRequest } from './to-request.js';

/** Its servers know better, and refuse what is longer. */
const UNKNOWN_LIMIT = 1_000_000;
/** A price that somebody configured is of no day. */
const CONFIGURED = '1970-01-01';

const NO_ADDRESS =
  'OPENAI_COMPATIBLE_BASE_URL is not set. Set it to the address of a server that speaks chat.completions.';

const NO_PRICE =
  'OPENAI_COMPATIBLE_PRICE is not set. Set it to what the models of the server cost, or to 0 where they are free.';

function missingFor({ baseUrl, price }: LlmSettings['openaiCompatible']): string | null {
  if (baseUrl === null) return NO_ADDRESS;
  return price === null ? NO_PRICE : null;
}

/** chat.completions of whichever server, through the SDK of OpenAI. */
@LlmProvider({
  id: 'openai-compatible',
  description: 'Models of a server that speaks chat.completions: Ollama, vLLM, LiteLLM and others.',
})
export class OpenAiCompatibleProvider extends SdkProvider<OpenAI> {
  private readonly price: LlmSettings['openaiCompatible']['price'];

  constructor({ llm: { openaiCompatible } }: AppConfig) {
    super(openaiCompatible, missingFor(openaiCompatible));
    this.price = openaiCompatible.price;
  }

  /** Every model, at the one price that is configured. */
  describeModel(): Omit<ModelDescription, 'provider' | 'model'> | null {
    if (this.price === null) return null;
    const { inputTokens, outputTokens } = this.price;
    return {
      prices: { inputTokens, cachedInputTokens: inputTokens, cacheWriteTokens: inputTokens, outputTokens },
      ...{
        tiers: [],
        tokenizerIsPublic: false,
        maxInputTokens: UNKNOWN_LIMIT,
        maxOutputTokens: UNKNOWN_LIMIT,
      },
      ...{ source: 'OPENAI_COMPATIBLE_PRICE', asOf: CONFIGURED },
    };
  }

  override languageModel(model: string): LanguageModel {
    const { apiKey } = this.settings;
    return sdkModel({
      provider: 'openai-compatible',
      secrets: this.secrets(),
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      convert: (request) => toChatRequest({ ...request, model }),
      send: async (sent) => (await this.sdk()).chat.completions.create(sent),
      read: readChatAnswer,
    });
  }

  protected override async load(): Promise<OpenAI> {
    const { OpenAI } = await import('openai');
    const { apiKey, baseUrl } = this.settings;
    return new OpenAI({
      // The SDK wants one, also for a server that does not; what is sent is the header of the model.
      apiKey: apiKey ?? 'none',
      baseURL: baseUrl,
      fetch: exchangeFetch,
      maxRetries: 0,
      timeout: NO_TIME_LIMIT_MS,
      logLevel: 'off',
    });
  }
}
