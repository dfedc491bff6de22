import { z } from 'zod';
import { parseUsd } from '../common/money.js';

/** What docs/configuration.md says of a variable besides its description. */
export interface VariableDocumentation {
  readonly description: string;
  /** What the process does when the variable is not set. */
  readonly default: string;
  readonly unit?: string;
}

const documented = <T extends z.ZodType>(schema: T, documentation: VariableDocumentation): T =>
  schema.meta({ ...documentation });

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

const databaseUrl = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return ['postgres:', 'postgresql:'].includes(protocol) && hostname !== '';
}, 'must look like postgres://user:password@host:5432/database');

const baseUrl = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && [username, password, search, hash].join('') === '';
}, 'must be a http or https address without credentials, query and fragment, like https://host/v1');

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

const LOOPBACK = /^(localhost|::1|127(\.\d{1,3}){3})$/;

const host = z
  .string()
  .regex(
    LOOPBACK,
    'must be a loopback address, since this version has no access control and serves this machine only: ' +
      'use 127.0.0.1, ::1 or localhost, and a tunnel or an authenticating proxy for others',
  );

const HOST_WITH_PORT = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/;

const hostList = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter(Boolean),
  )
  .superRefine((entries, context) => {
    const wrong = entries
      .filter((entry) => !HOST_WITH_PORT.test(entry))
      .map((entry) => JSON.stringify(entry));
    if (wrong.length === 0) return;
    const message = 'must be a list of host or host:port, separated by commas; not so: ';
    context.addIssue({ code: 'custom', message: message + wrong.join(', ') });
  });

/**
 * Every environment variable this version reads, as text, with its meaning. docs/configuration.md is generated from it.
 * An empty variable counts as not set; DATABASE_URL may also be given as DATABASE_URL_FILE.
 */
export const variables = z.object({
  PORT: documented(wholeNumber(0, 65_535).optional(), {
    description: 'Port the HTTP API listens on; 0 takes any free one.',
    default: '3000',
  }),
  HOST: documented(host.optional(), {
    description:
      'Address the HTTP API listens on. Only loopback addresses (127.0.0.0/8, ::1, localhost) until access control exists.',
    default: '127.0.0.1',
  }),
  DATABASE_URL: documented(databaseUrl.optional(), {
    description:
      'PostgreSQL 16 or newer, by a session connection (not a transaction pooler). Secret: DATABASE_URL_FILE names a file that holds it.',
    default: 'the embedded PostgreSQL in TANDEM_DATA_DIR',
  }),
  TANDEM_DATA_DIR: documented(z.string().optional(), {
    description:
      'Folder of the embedded PostgreSQL and of `files/`, the only place tasks write to. Made when missing.',
    default: './.tandem',
  }),
  TANDEM_WORKSPACE: documented(z.string().optional(), {
    description:
      'Folder that `file.read` may read besides `<data folder>/files`, without dotfiles and the data folder. It has to exist.',
    default: 'the working folder',
  }),
  TANDEM_ROLE: documented(z.enum(['all', 'api', 'worker']).optional(), {
    description:
      '`api` executes nothing; `worker` and `all` execute runs. Every process serves the routes, the probes among them.',
    default: 'all',
  }),
  TANDEM_SAMPLE: documented(
    z
      .enum(['on', 'off'])
      .transform((value) => value === 'on')
      .optional(),
    {
      description: 'Whether the first start of an empty database loads the sample workflow and runs it.',
      default: 'on',
    },
  ),
  TANDEM_RUN_SLOTS: documented(wholeNumber(1, 10_000).optional(), {
    description: 'Runs this process executes at a time; parked runs take no slot.',
    default: '64',
    unit: 'runs',
  }),
  TANDEM_TASK_SLOTS: documented(wholeNumber(1, 10_000).optional(), {
    description: 'Task attempts this process executes at a time, over all its runs.',
    default: '64',
    unit: 'attempts',
  }),
  TANDEM_POOL_SIZE: documented(wholeNumber(2, 500).optional(), {
    description: 'Connections this process opens to PostgreSQL at most for statements.',
    default: '10',
    unit: 'connections',
  }),
  LOG_LEVEL: documented(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(), {
    description: 'Least severity that is logged.',
    default: 'info',
  }),
  LOG_PRETTY: documented(flag.optional(), {
    description: 'Logs for people instead of one JSON object per line.',
    default: 'true on a terminal, else false',
  }),
  HTTP_ALLOWED_HOSTS: documented(hostList.optional(), {
    description:
      'Private targets `http.request` and webhooks may reach, as host or host:port separated by commas. Public ones are always allowed.',
    default: 'none',
  }),
  RETENTION_DAYS: documented(wholeNumber(0, 36_500).optional(), {
    description:
      'How long a run is kept after its end, with its tasks, results, events and deliveries to webhooks; 0 keeps everything.',
    default: '0',
    unit: 'days',
  }),
  AUTH_MODE: documented(z.enum(['none']).optional(), {
    description:
      'How callers prove who they are. This version knows `none` only: everything is allowed, on loopback.',
    default: 'none',
  }),
  ENABLE_LLM_PLANNING: documented(flag.optional(), {
    description: 'Ceiling of the feature llm_planning: false removes models from planning, not its routes.',
    default: 'true',
  }),
  ENABLE_DYNAMIC_INFERENCE: documented(flag.optional(), {
    description:
      'Ceiling of the feature dynamic_inference: false removes models from decisions and recovery, not their routes.',
    default: 'true',
  }),
  LLM_PROVIDER: documented(z.string().optional(), {
    description:
      'Provider of models that is asked when an agent names none: openai, openai-compatible, anthropic, google, scripted, disabled, or one of an extension.',
    default: 'the first one that is configured, else disabled',
  }),
  LLM_MODEL: documented(z.string().optional(), {
    description: 'Model that is asked when an agent names none, by the exact id its provider uses.',
    default: 'the cheapest priced model of the provider',
  }),
  OPENAI_API_KEY: documented(z.string().optional(), {
    description: 'Key of the OpenAI API. Secret: OPENAI_API_KEY_FILE names a file that holds it.',
    default: 'none: the provider openai is off',
  }),
  OPENAI_BASE_URL: documented(baseUrl.optional(), {
    description: 'Address of the OpenAI API, for a gateway in front of it.',
    default: 'https://api.openai.com/v1',
  }),
  ANTHROPIC_API_KEY: documented(z.string().optional(), {
    description: 'Key of the Anthropic API. Secret: ANTHROPIC_API_KEY_FILE names a file that holds it.',
    default: 'none: the provider anthropic is off',
  }),
  ANTHROPIC_BASE_URL: documented(baseUrl.optional(), {
    description: 'Address of the Anthropic API, for a gateway in front of it.',
    default: 'https://api.anthropic.com',
  }),
  GOOGLE_API_KEY: documented(z.string().optional(), {
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
  OPENAI_COMPATIBLE_API_KEY: documented(z.string().optional(), {
    description:
      'Key of that server, if it wants one. Secret: OPENAI_COMPATIBLE_API_KEY_FILE names a file that holds it.',
    default: 'none',
  }),
  OPENAI_COMPATIBLE_PRICE: documented(compatiblePrice.optional(), {
    description:
      'What every model of that server costs, as `<input>/<output>` (`0.15/0.60`); `0` declares them free. Without a price it is not asked.',
    default: 'none: its models are unpriced',
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
});

export type Variables = z.infer<typeof variables>;

/** Variables that `<NAME>_FILE` may give instead, so that their value stays out of the environment. */
export const SECRETS = [
  'DATABASE_URL',
  'OPENAI_API_KEY',
  'ANTHROPIC_API_KEY',
  'GOOGLE_API_KEY',
  'OPENAI_COMPATIBLE_API_KEY',
] as const satisfies readonly (keyof Variables)[];
