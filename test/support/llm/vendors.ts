import { AnthropicProvider } from '../../../src/llm/providers/anthropic/anthropic.provider.js';
import { GoogleProvider } from '../../../src/llm/providers/google/google.provider.js';
import type { LanguageModelProvider } from '../../../src/llm/providers/language-model-provider.js';
import { OpenAiCompatibleProvider } from '../../../src/llm/providers/openai-compatible/openai-compatible.provider.js';
import { OpenAiProvider } from '../../../src/llm/providers/openai/openai.provider.js';
import { llmConfig } from './llm-config.js';

export const KEY = 'sk-secret-0123456789abcdef';

/** A provider of models as a test drives it against a server on loopback. */
export interface Vendor {
  readonly id: string;
  readonly path: string;
  create(serverUrl: string, apiKey?: string): LanguageModelProvider;
}

const FREE = { inputTokens: 0, outputTokens: 0 };

/** Every provider that speaks HTTP. */
export const VENDORS: readonly Vendor[] = [
  {
    id: 'openai',
    path: '/v1/responses',
    create: (url, apiKey = KEY) =>
      new OpenAiProvider(llmConfig({ openai: { apiKey, baseUrl: `${url}/v1` } })),
  },
  {
    id: 'openai-compatible',
    path: '/v1/chat/completions',
    create: (url, apiKey = KEY) =>
      new OpenAiCompatibleProvider(
        llmConfig({ openaiCompatible: { apiKey, baseUrl: `${url}/v1`, price: FREE } }),
      ),
  },
  {
    id: 'anthropic',
    path: '/v1/messages',
    create: (url, apiKey = KEY) => new AnthropicProvider(llmConfig({ anthropic: { apiKey, baseUrl: url } })),
  },
  {
    id: 'google',
    path: '/v1beta/models/test-model:generateContent',
    create: (url, apiKey = KEY) => new GoogleProvider(llmConfig({ google: { apiKey, baseUrl: url } })),
  },
];
