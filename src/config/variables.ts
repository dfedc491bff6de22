import { isIP } from 'node:net';
import { z } from 'zod';
import { EXECUTION_MODES, INTELLIGENCE_LEVELS } from '../common/intelligence.js';
import { llmVariables } from './llm-variables.js';
import { otelVariables } from './otel-variables.js';
import { documented, flag, wholeNumber } from './variable-types.js';

const databaseUrl = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return ['postgres:', 'postgresql:'].includes(protocol) && hostname !== '';
}, 'must look like postgres://user:password@host:5432/database');

/** Addresses only this machine reaches. */
export const LOOPBACK = /^(localhost|::1|127(\.\d{1,3}){3})$/;

const host = z
  .string()
  .refine(
    (value) => LOOPBACK.test(value) || isIP(value) !== 0,
    'must be an IP address, or localhost: 127.0.0.1 for this machine only, 0.0.0.0 or :: for all that reach it',
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

const pepper = z.string().min(32, 'must have at least 32 characters: `openssl rand -hex 32` makes one');

const originList = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine(
    (entries) => entries.every((entry) => URL.canParse(entry) && new URL(entry).origin === entry),
    'must be a list of origins without a path, separated by commas, like https://console.example',
  );

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
      'Address the HTTP API listens on. Other than loopback (127.0.0.0/8, ::1, localhost) only with AUTH_MODE=api-key.',
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
  AUTH_MODE: documented(z.enum(['none', 'api-key']).optional(), {
    description:
      'How callers prove who they are. `none`: everybody who reaches the loopback address may do everything. `api-key`: by a key, which says what its caller may do; `npm run key` makes them.',
    default: 'none',
  }),
  API_KEY_PEPPER: documented(pepper.optional(), {
    description:
      'Secret that the digests of API keys are made with; the same for all processes on one database. Another one makes every key invalid. Secret: API_KEY_PEPPER_FILE names a file that holds it.',
    default: 'the file api-key-pepper in TANDEM_DATA_DIR, made when first needed; with DATABASE_URL none',
  }),
  RATE_LIMIT: documented(wholeNumber(0, 100_000).optional(), {
    description:
      'Requests that are answered for each API key, and for each address without a valid one, by each process; 0: any number. Only with AUTH_MODE=api-key.',
    default: '1000',
    unit: 'requests a minute',
  }),
  CORS_ORIGINS: documented(originList.optional(), {
    description:
      'Origins of pages that browsers let ask this API, separated by commas, like https://console.example.',
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
  ENABLE_PLAN_MEMORY: documented(flag.optional(), {
    description: 'Ceiling of the feature plan_memory: false keeps approved plans from teaching the planner.',
    default: 'true',
  }),
  ENABLE_RECOVERY_LEARNING: documented(flag.optional(), {
    description:
      'Ceiling of the feature recovery_learning: false keeps recoveries that worked from becoming rules, and such rules from being applied; pinned ones are.',
    default: 'true',
  }),
  DEFAULT_INTELLIGENCE_LEVEL: documented(z.enum(INTELLIGENCE_LEVELS).optional(), {
    description:
      'When a model may be asked in runs of agents that say nothing else, and have no parent that does: basic is never.',
    default: 'basic',
  }),
  DEFAULT_EXECUTION_MODE: documented(z.enum(EXECUTION_MODES).optional(), {
    description: 'What a model, or a rule learned from one, may change in runs of such agents.',
    default: 'strict',
  }),
  ...llmVariables,
  ...otelVariables,
});

export type Variables = z.infer<typeof variables>;

/** Variables that `<NAME>_FILE` may give instead, so that their value stays out of the environment. */
export const SECRETS = [
  'DATABASE_URL',
  'API_KEY_PEPPER',
  'OPENAI_API_KEY',
  'ANTHROPIC_API_KEY',
  'GOOGLE_API_KEY',
  'OPENAI_COMPATIBLE_API_KEY',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
] as const satisfies readonly (keyof Variables)[];
