import { z } from 'zod';
import { parseUsd } from '../common/money.js';
import { documented, wholeNumber } from './variable-types.js';

const baseUrl = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && [username, password, search, hash].join('') === '';
}, 'must be a http or https address without credentials, query and fragment, like https://host/v1');

/** It becomes a header. */
const apiKey = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters without spaces or line breaks');

const USD = /^\d{1,9}(\.\d{1,9})?$/;

const usd = z
  .string()
  .regex(USD, 'must be an amount in USD with at most nine decimals, like 100.0')
  .transform(parseUsd);

/** Pico-dollars per token are millionths of USD per million tokens. */
const perToken = (usdPerMillion: string): number => Number(parseUsd(usdPerMillion)) / 1e3;

const compatiblePrice = z
  .string()
  .regex(
    /^(0|\d{1,5}(\.\d{1,6})?\/\d{1,5}(\.\d{1,6})?)$/,
    'must be 0 or <input>/<output> in USD per million tokens, like 0.15/0.60',
  )
  .transform((value) => {
    const [input = '0', output = input] = value.split('/');
    return { inputTokens: perToken(input), outputTokens: perToken(output) };
  });

/** What is read of models: providers, budgets, cache, record. */
export const llmVariables = {
  LLM_PROVIDER: documented(z.string().optional(), {
    description:
      'Provider of models that is asked when an agent names none: openai, openai-compatible, anthropic, google, scripted, disabled, or one of an extension.',
    default: 'the first one that is configured, else disabled',
  }),
  LLM_MODEL: documented(z.string().optional(), {
    description: 'Model that is asked when an agent names none, by the exact id its provider uses.',
    default: 'the cheapest priced model of the provider',
  }),
  OPENAI_API_KEY: documented(apiKey.optional(), {
    description: 'Key of the OpenAI API. Secret: OPENAI_API_KEY_FILE names a file that holds it.',
    default: 'none: the provider openai is off',
  }),
  OPENAI_BASE_URL: documented(baseUrl.optional(), {
    description: 'Address of the OpenAI API, for a gateway in front of it.',
    default: 'https://api.openai.com/v1',
  }),
  ANTHROPIC_API_KEY: documented(apiKey.optional(), {
    description: 'Key of the Anthropic API. Secret: ANTHROPIC_API_KEY_FILE names a file that holds it.',
    default: 'none: the provider anthropic is off',
  }),
  ANTHROPIC_BASE_URL: documented(baseUrl.optional(), {
    description: 'Address of the Anthropic API, for a gateway in front of it.',
    default: 'https://api.anthropic.com',
  }),
  GOOGLE_API_KEY: documented(apiKey.optional(), {
    description: 'Key of the Gemini API. Secret: GOOGLE_API_KEY_FILE names a file that holds it.',
    default: 'none: the provider google is off',
  }),
  GOOGLE_BASE_URL: documented(baseUrl.optional(), {
    description: 'Address of the Gemini API, for a gateway in front of it.',
    default: 'https://generativelanguage.googleapis.com',
  }),
  OPENAI_COMPATIBLE_BASE_URL: documented(baseUrl.optional(), {
    description:
      'Address of a server that speaks chat.completions (Ollama, vLLM, LiteLLM, …), with its version path: http://localhost:11434/v1.',
    default: 'none: the provider openai-compatible is off',
  }),
  OPENAI_COMPATIBLE_API_KEY: documented(apiKey.optional(), {
    description:
      'Key of that server, if it wants one. Secret: OPENAI_COMPATIBLE_API_KEY_FILE names a file that holds it.',
    default: 'none',
  }),
  OPENAI_COMPATIBLE_PRICE: documented(compatiblePrice.optional(), {
    description:
      'What every model of that server costs, as `<input>/<output>` (`0.15/0.60`); `0` declares them free.',
    default: 'none: the provider openai-compatible is off',
    unit: 'USD per million tokens',
  }),
  LLM_SCRIPT: documented(z.string().optional(), {
    description: 'File with the answers of the provider scripted, for demonstrations and tests.',
    default: 'none: the provider scripted is off',
  }),
  LLM_TIMEOUT: documented(wholeNumber(1, 3_600).optional(), {
    description: 'How long a call may take with all its attempts, fallbacks and repairs.',
    default: '60',
    unit: 'seconds',
  }),
  LLM_CACHE_TTL: documented(wholeNumber(0, 31_536_000).optional(), {
    description: 'How long an answer is used again for the same question; 0 asks every time.',
    default: '3600',
    unit: 'seconds',
  }),
  LLM_COST_BUDGET: documented(usd.optional(), {
    description:
      'What all model calls of this deployment together may cost; `PUT /budgets/total` changes it.',
    default: '100.0',
    unit: 'USD',
  }),
  LLM_COST_BUDGET_PER_WORKFLOW: documented(usd.optional(), {
    description: 'What the model calls of one workflow may cost, unless its budget says otherwise.',
    default: '10.0',
    unit: 'USD',
  }),
  LLM_CAPTURE_CONTENT: documented(z.enum(['none', 'redacted', 'full']).optional(), {
    description:
      'What is kept of prompts and answers in the record of a call: nothing, their text without secrets and personal data, or their text without secrets.',
    default: 'redacted',
  }),
} as const;
