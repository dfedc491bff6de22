import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule, LoggerService, ModuleMetadata, Provider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig, LlmSettings } from '../../src/config/config.js';
import { createApp } from '../../src/create-app.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when the answer is JSON, else its text; undefined when it is empty. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into answers of every shape
  readonly body: any;
}

export interface TestAppOptions {
  readonly config?: { readonly [K in keyof AppConfig]?: AppConfig[K] };
  /** Modules beside those of the application. */
  readonly modules?: NonNullable<ModuleMetadata['imports']>;
  /** Global providers that `modules` may inject. */
  readonly providers?: readonly Provider[];
  /** False: without any module of models. */
  readonly withModels?: boolean;
  /** Another database than an own, empty one; it is not dropped. */
  readonly database?: TestDatabase;
  /** Instead of the configured log, which is silent. */
  readonly logger?: LoggerService;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  /** `http://127.0.0.1:<port>` */
  readonly base: string;
  readonly database: TestDatabase;
  readonly dataDirectory: string;
  /** Sends a request; an object is sent as JSON, a string or bytes as they are with the type of JSON. */
  http(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
  close(): Promise<void>;
}

class TestProviders {}

function globalModule(providers: readonly Provider[]): DynamicModule {
  const tokens = providers.map((provider) => (typeof provider === 'function' ? provider : provider.provide));
  return { module: TestProviders, global: true, providers: [...providers], exports: tokens };
}

/** No provider is configured; the budgets are the defaults. */
export function testLlmSettings(changes: Partial<LlmSettings> = {}): LlmSettings {
  const provider = { apiKey: null, baseUrl: null };
  return {
    provider: null,
    model: null,
    openai: provider,
    anthropic: provider,
    google: provider,
    openaiCompatible: { ...provider, price: null },
    script: null,
    timeoutSeconds: 60,
    cacheTtlSeconds: 3_600,
    totalLimitNanoUsd: 100_000_000_000n,
    workflowLimitNanoUsd: 10_000_000_000n,
    captureContent: 'redacted',
    ...changes,
  };
}

/** One model behind a server on loopback, whose answers are not kept. */
export const modelBehind = (url: string): Partial<LlmSettings> => ({
  cacheTtlSeconds: 0,
  model: 'm',
  openaiCompatible: {
    ...{ apiKey: 'k', baseUrl: `${url}/v1` },
    price: { inputTokens: 1_000, outputTokens: 2_000 },
  },
});

export function testConfig(dataDirectory: string, changes: TestAppOptions['config'] = {}): AppConfig {
  return {
    http: { host: '127.0.0.1', port: 0 },
    database: { url: null, poolSize: 8 },
    dataDirectory,
    workspace: dataDirectory,
    role: 'all',
    sample: false,
    log: { level: 'silent', pretty: false },
    httpAllowedHosts: [],
    engine: { runSlots: 64, taskSlots: 64 },
    retentionDays: 0,
    features: { llmPlanning: true, dynamicInference: true, planMemory: true, recoveryLearning: true },
    access: { mode: 'none', pepper: null, requestsPerMinute: 0, corsOrigins: [] },
    newAgents: { intelligenceLevel: 'basic', executionMode: 'strict' },
    llm: testLlmSettings(),
    tracing: null,
    ...changes,
  };
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

async function send(
  base: string,
  ...[method, path, body, headers = {}]: Parameters<TestApp['http']>
): Promise<TestAnswer> {
  const answer = await fetch(base + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
  };
}

/** The whole application on an own database, listening on a free loopback port. Close it in `afterAll`. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { config, modules = [], providers = [], withModels = true, logger } = options;
  const database = options.database ?? (await createTestDatabase());
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tandem-app-'));
  const app = await createApp({
    config: testConfig(dataDirectory, config),
    databaseUrl: database.url,
    withModels,
    modules: [...(providers.length > 0 ? [globalModule(providers)] : []), ...modules],
    ...(logger === undefined ? {} : { logger }),
  });
  await app.listen(0, '127.0.0.1').catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const base = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  return {
    app,
    base,
    database,
    dataDirectory,
    http: (method, path, body, headers) => send(base, method, path, body, headers),
    close: async () => {
      await app.close();
      if (options.database === undefined) await database.drop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
