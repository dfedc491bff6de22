import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseUsd } from '../common/money.js';
import type { AppConfig, LlmSettings, ProviderSettings } from './config.js';
import { toTracingSettings } from './otel-variables.js';
import { LOOPBACK, SECRETS, variables, type Variables } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable that cannot be used, with what to do. Never holds the value of a secret. */
export interface ConfigurationIssue {
  readonly variable: string;
  readonly message: string;
}

export type ParsedConfig =
  | { readonly config: AppConfig; readonly issues?: undefined }
  | { readonly config?: undefined; readonly issues: readonly ConfigurationIssue[] };

/** What the environment of a process cannot say: where it was started, and whether people read its output. */
export interface ProcessFacts {
  readonly workingFolder: string;
  readonly isTerminal: boolean;
}

type Texts = Record<string, string>;

function withSecretFiles(given: Texts, issues: ConfigurationIssue[]): Texts {
  const texts = { ...given };
  for (const name of SECRETS) {
    const file = `${name}_FILE`;
    const path = given[file];
    if (path === undefined) continue;
    if (given[name] !== undefined) {
      issues.push({ variable: file, message: `is set together with ${name}. Keep one of them` });
      continue;
    }
    try {
      texts[name] = readFileSync(path, 'utf8').trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      issues.push({
        variable: file,
        message: `names ${path}, which cannot be read (${code ?? 'unknown error'})`,
      });
    }
  }
  return texts;
}

/** An address may be refused because it holds a password or a key. */
const ADDRESS = /_(BASE_URL|ENDPOINT)$/;

function quoted(variable: string, texts: Texts): string {
  const isSecret = (SECRETS as readonly string[]).includes(variable) || ADDRESS.test(variable);
  return isSecret ? '' : `is ${JSON.stringify(texts[variable])} but `;
}

const mustBeOneOf = (values: readonly string[]): string =>
  `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`;

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A workspace that is not there would only show when a task reads a file. */
function checkWorkspace(texts: Texts, { workingFolder }: ProcessFacts): ConfigurationIssue[] {
  const variable = 'TANDEM_WORKSPACE';
  const given = texts[variable];
  if (given === undefined) return [];
  const folder = resolve(workingFolder, given);
  if (isFolder(folder)) return [];
  const message = `${quoted(variable, texts)}there is no folder ${folder}. Make it, or name one that exists`;
  return [{ variable, message }];
}

/** What is fine by itself and dangerous, or of no use, together. */
function checkAccess(texts: Texts): ConfigurationIssue[] {
  const { HOST = '127.0.0.1', AUTH_MODE = 'none', DATABASE_URL, API_KEY_PEPPER } = texts;
  if (AUTH_MODE !== 'api-key') {
    if (LOOPBACK.test(HOST) || isIP(HOST) === 0) return [];
    const message =
      `${quoted('HOST', texts)}without access control everybody who reaches that address may do everything. ` +
      'Set AUTH_MODE=api-key, or listen on 127.0.0.1 behind a proxy that authenticates';
    return [{ variable: 'HOST', message }];
  }
  if (DATABASE_URL === undefined || API_KEY_PEPPER !== undefined) return [];
  const message =
    'is not set, but all processes on one DATABASE_URL have to share it. ' +
    'Make one with `openssl rand -hex 32` and keep it: without it no API key is valid any more';
  return [{ variable: 'API_KEY_PEPPER', message }];
}

function toLlmSettings(values: Variables, workingFolder: string): LlmSettings {
  const settings = (apiKey?: string, baseUrl?: string): ProviderSettings => ({
    apiKey: apiKey ?? null,
    baseUrl: baseUrl ?? null,
  });
  return {
    provider: values.LLM_PROVIDER ?? null,
    model: values.LLM_MODEL ?? null,
    openai: settings(values.OPENAI_API_KEY, values.OPENAI_BASE_URL),
    anthropic: settings(values.ANTHROPIC_API_KEY, values.ANTHROPIC_BASE_URL),
    google: settings(values.GOOGLE_API_KEY, values.GOOGLE_BASE_URL),
    openaiCompatible: {
      ...settings(values.OPENAI_COMPATIBLE_API_KEY, values.OPENAI_COMPATIBLE_BASE_URL),
      price: values.OPENAI_COMPATIBLE_PRICE ?? null,
    },
    script: values.LLM_SCRIPT === undefined ? null : resolve(workingFolder, values.LLM_SCRIPT),
    timeoutSeconds: values.LLM_TIMEOUT ?? 60,
    cacheTtlSeconds: values.LLM_CACHE_TTL ?? 3_600,
    totalLimitNanoUsd: values.LLM_COST_BUDGET ?? parseUsd('100'),
    workflowLimitNanoUsd: values.LLM_COST_BUDGET_PER_WORKFLOW ?? parseUsd('10'),
    captureContent: values.LLM_CAPTURE_CONTENT ?? 'redacted',
  };
}

function toConfig(values: Variables, { workingFolder, isTerminal }: ProcessFacts): AppConfig {
  return {
    http: { host: values.HOST ?? '127.0.0.1', port: values.PORT ?? 3000 },
    database: { url: values.DATABASE_URL ?? null, poolSize: values.TANDEM_POOL_SIZE ?? 10 },
    dataDirectory: resolve(workingFolder, values.TANDEM_DATA_DIR ?? '.tandem'),
    workspace: resolve(workingFolder, values.TANDEM_WORKSPACE ?? '.'),
    role: values.TANDEM_ROLE ?? 'all',
    sample: values.TANDEM_SAMPLE ?? true,
    log: { level: values.LOG_LEVEL ?? 'info', pretty: values.LOG_PRETTY ?? isTerminal },
    httpAllowedHosts: values.HTTP_ALLOWED_HOSTS ?? [],
    engine: { runSlots: values.TANDEM_RUN_SLOTS ?? 64, taskSlots: values.TANDEM_TASK_SLOTS ?? 64 },
    retentionDays: values.RETENTION_DAYS ?? 0,
    features: {
      llmPlanning: values.ENABLE_LLM_PLANNING ?? true,
      dynamicInference: values.ENABLE_DYNAMIC_INFERENCE ?? true,
      planMemory: values.ENABLE_PLAN_MEMORY ?? true,
      recoveryLearning: values.ENABLE_RECOVERY_LEARNING ?? true,
    },
    access: {
      mode: values.AUTH_MODE ?? 'none',
      pepper: values.API_KEY_PEPPER ?? null,
      requestsPerMinute: values.RATE_LIMIT ?? 1_000,
      corsOrigins: values.CORS_ORIGINS ?? [],
    },
    newAgents: {
      intelligenceLevel: values.DEFAULT_INTELLIGENCE_LEVEL ?? 'basic',
      executionMode: values.DEFAULT_EXECUTION_MODE ?? 'strict',
    },
    llm: toLlmSettings(values, workingFolder),
    tracing: toTracingSettings(values),
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value))
    if (typeof member === 'object' && member !== null) deepFreeze(member);
  return Object.freeze(value);
}

/** The configuration in an environment, or everything that is wrong with it at once. */
export function parseConfig(environment: Environment, facts: ProcessFacts): ParsedConfig {
  const set = Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const issues: ConfigurationIssue[] = [];
  const texts = withSecretFiles(Object.fromEntries(set), issues);
  const parsed = variables.safeParse(texts);
  for (const { path, message, ...issue } of parsed.error?.issues ?? []) {
    const variable = String(path[0]);
    const text = issue.code === 'invalid_value' ? mustBeOneOf(issue.values.map(String)) : message;
    issues.push({ variable, message: quoted(variable, texts) + text });
  }
  issues.push(...checkWorkspace(texts, facts), ...checkAccess(texts));
  if (parsed.data === undefined || issues.length > 0) return { issues };
  return { config: deepFreeze(toConfig(parsed.data, facts)) };
}
