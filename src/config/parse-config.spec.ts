import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './configuration-error.js';
import { type Environment, parseConfig } from './parse-config.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'tandem-config-'));
mkdirSync(join(FOLDER, 'files'));
writeFileSync(join(FOLDER, 'url'), 'postgres://db/x\n');
afterAll(() => rmSync(FOLDER, { recursive: true }));

const FACTS = { workingFolder: FOLDER, isTerminal: false };
const PEPPER = 'pepper'.repeat(6);
const parse = (environment: Environment) => parseConfig(environment, FACTS);
const messages = (environment: Environment) =>
  parse(environment).issues?.map(({ variable, message }) => `${variable} ${message}`);

describe('parseConfig', () => {
  it('has a default for everything', () => {
    expect(parse({}).config).toEqual({
      http: { host: '127.0.0.1', port: 3000 },
      database: { url: null, poolSize: 10 },
      dataDirectory: `${FOLDER}/.tandem`,
      workspace: FOLDER,
      role: 'all',
      sample: true,
      log: { level: 'info', pretty: false },
      httpAllowedHosts: [],
      engine: { runSlots: 64, taskSlots: 64 },
      retentionDays: 0,
      features: { llmPlanning: true, dynamicInference: true, planMemory: true, recoveryLearning: true },
      access: { mode: 'none', pepper: null, requestsPerMinute: 1_000, corsOrigins: [] },
      newAgents: { intelligenceLevel: 'basic', executionMode: 'strict' },
      llm: {
        provider: null,
        model: null,
        openai: { apiKey: null, baseUrl: null },
        anthropic: { apiKey: null, baseUrl: null },
        google: { apiKey: null, baseUrl: null },
        openaiCompatible: { apiKey: null, baseUrl: null, price: null },
        script: null,
        timeoutSeconds: 60,
        cacheTtlSeconds: 3_600,
        totalLimitNanoUsd: 100_000_000_000n,
        workflowLimitNanoUsd: 10_000_000_000n,
        captureContent: 'redacted',
      },
      tracing: null,
    });
  });

  it('takes every variable', () => {
    const { config } = parse({
      PORT: '0',
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgres://user:secret@db:5432/tandem',
      TANDEM_DATA_DIR: '/var/tandem',
      TANDEM_WORKSPACE: 'files',
      TANDEM_ROLE: 'worker',
      TANDEM_SAMPLE: 'off',
      TANDEM_RUN_SLOTS: '7',
      TANDEM_TASK_SLOTS: '8',
      TANDEM_POOL_SIZE: '9',
      LOG_LEVEL: 'debug',
      LOG_PRETTY: 'true',
      HTTP_ALLOWED_HOSTS: 'Intranet.local, 10.0.0.1:8080,[::1]:9000',
      RETENTION_DAYS: '30',
      AUTH_MODE: 'api-key',
      API_KEY_PEPPER: PEPPER,
      RATE_LIMIT: '10',
      CORS_ORIGINS: 'https://a.example, http://127.0.0.1:4000',
      ENABLE_PLAN_MEMORY: 'false',
      ENABLE_RECOVERY_LEARNING: 'false',
      ENABLE_LLM_PLANNING: 'false',
      ENABLE_DYNAMIC_INFERENCE: 'false',
      DEFAULT_INTELLIGENCE_LEVEL: 'autonomous',
      DEFAULT_EXECUTION_MODE: 'creative',
      LLM_PROVIDER: 'anthropic',
      LLM_MODEL: 'claude-haiku-4-5',
      OPENAI_API_KEY: 'key-o',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
      ANTHROPIC_API_KEY: 'key-a',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:2',
      GOOGLE_API_KEY: 'key-g',
      GOOGLE_BASE_URL: 'http://127.0.0.1:3',
      OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:4/v1',
      OPENAI_COMPATIBLE_API_KEY: 'key-c',
      OPENAI_COMPATIBLE_PRICE: '0.15/0.60',
      LLM_SCRIPT: 'answers.json',
      LLM_TIMEOUT: '5',
      LLM_CACHE_TTL: '6',
      LLM_COST_BUDGET: '7.000000001',
      LLM_COST_BUDGET_PER_WORKFLOW: '0.8',
      LLM_CAPTURE_CONTENT: 'full',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc,x-tenant=a',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=b',
      OTEL_EXPORTER_OTLP_TIMEOUT: '11',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_SDK_DISABLED: 'False',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_SERVICE_NAME: 'workflows',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=test%20bed',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_BSP_SCHEDULE_DELAY: '12',
      OTEL_BSP_EXPORT_TIMEOUT: '13',
      OTEL_BSP_MAX_QUEUE_SIZE: '14',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '15',
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
    });
    expect(config).toEqual({
      http: { host: '0.0.0.0', port: 0 },
      database: { url: 'postgres://user:secret@db:5432/tandem', poolSize: 9 },
      dataDirectory: '/var/tandem',
      workspace: `${FOLDER}/files`,
      role: 'worker',
      sample: false,
      log: { level: 'debug', pretty: true },
      httpAllowedHosts: ['intranet.local', '10.0.0.1:8080', '[::1]:9000'],
      engine: { runSlots: 7, taskSlots: 8 },
      retentionDays: 30,
      features: { llmPlanning: false, dynamicInference: false, planMemory: false, recoveryLearning: false },
      access: {
        ...{ mode: 'api-key', pepper: PEPPER, requestsPerMinute: 10 },
        corsOrigins: ['https://a.example', 'http://127.0.0.1:4000'],
      },
      newAgents: { intelligenceLevel: 'autonomous', executionMode: 'creative' },
      llm: {
        provider: 'anthropic',
        model: 'claude-haiku-4-5',
        openai: { apiKey: 'key-o', baseUrl: 'http://127.0.0.1:1/v1' },
        anthropic: { apiKey: 'key-a', baseUrl: 'http://127.0.0.1:2' },
        google: { apiKey: 'key-g', baseUrl: 'http://127.0.0.1:3' },
        openaiCompatible: {
          apiKey: 'key-c',
          baseUrl: 'http://127.0.0.1:4/v1',
          price: { inputTokens: 150_000, outputTokens: 600_000 },
        },
        script: `${FOLDER}/answers.json`,
        timeoutSeconds: 5,
        cacheTtlSeconds: 6,
        totalLimitNanoUsd: 7_000_000_001n,
        workflowLimitNanoUsd: 800_000_000n,
        captureContent: 'full',
      },
      tracing: {
        url: 'http://127.0.0.1:4318/v1/traces',
        headers: { authorization: 'Bearer abc', 'x-tenant': 'b' },
        timeoutMs: 11,
        compression: 'gzip',
        resource: { 'service.name': 'workflows', 'deployment.environment.name': 'test bed' },
        sampler: { name: 'traceidratio', ratio: 0.25 },
        batch: { delayMs: 12, exportTimeoutMs: 13, maxQueueSize: 14, maxBatchSize: 14 },
        captureContent: true,
      },
    });
  });

  it('logs for people on a terminal', () => {
    expect(parseConfig({}, { ...FACTS, isTerminal: true }).config?.log.pretty).toBe(true);
  });

  it('counts an empty variable as not set', () => {
    expect(parse({ PORT: '', LOG_LEVEL: '' }).config?.http.port).toBe(3000);
  });

  it('cannot be changed afterwards', () => {
    const { config } = parse({});
    expect(() => Object.assign(config?.http ?? {}, { port: 1 })).toThrow(TypeError);
  });

  it('reports all errors at once, with value and remedy', () => {
    expect(
      messages({
        PORT: '70000',
        HOST: 'example.org',
        TANDEM_WORKSPACE: 'nowhere',
        TANDEM_ROLE: 'boss',
        TANDEM_POOL_SIZE: '-1',
        LOG_PRETTY: 'yes',
        HTTP_ALLOWED_HOSTS: 'http://bad,good',
        AUTH_MODE: 'password',
        API_KEY_PEPPER: 'salt',
        CORS_ORIGINS: 'https://a.example/page',
      }),
    ).toEqual([
      'PORT is "70000" but must be from 0 to 65535',
      expect.stringMatching(/^HOST is "example.org" but must be an IP address, or localhost: 127\.0\.0\.1/),
      'TANDEM_ROLE is "boss" but must be one of all, api, worker',
      'TANDEM_POOL_SIZE is "-1" but must be a whole number from 2 to 500',
      'LOG_PRETTY is "yes" but must be one of true, false',
      expect.stringMatching(/^HTTP_ALLOWED_HOSTS is "http:\/\/bad,good" but must be /),
      'AUTH_MODE is "password" but must be one of none, api-key',
      'API_KEY_PEPPER must have at least 32 characters: `openssl rand -hex 32` makes one',
      'CORS_ORIGINS is "https://a.example/page" but must be a list of origins without a path, separated by commas, like https://console.example',
      `TANDEM_WORKSPACE is "nowhere" but there is no folder ${FOLDER}/nowhere. Make it, or name one that exists`,
    ]);
  });

  it.each(['-1', '1e9', '1000000000', '1.5'])(
    'says which numbers there are instead of %s',
    (RETENTION_DAYS) => {
      expect(messages({ RETENTION_DAYS })).toEqual([
        `RETENTION_DAYS is "${RETENTION_DAYS}" but must be a whole number from 0 to 36500`,
      ]);
    },
  );

  it('refuses a file as the workspace', () => {
    expect(messages({ TANDEM_WORKSPACE: 'url' })).toEqual([
      `TANDEM_WORKSPACE is "url" but there is no folder ${FOLDER}/url. Make it, or name one that exists`,
    ]);
  });

  it('names the hosts that cannot be used in one line', () => {
    expect(messages({ HTTP_ALLOWED_HOSTS: 'http://a,good,b/c, d e ' })).toEqual([
      'HTTP_ALLOWED_HOSTS is "http://a,good,b/c, d e " but must be a list of host or host:port, separated by commas; ' +
        'not so: "http://a", "b/c", "d e"',
    ]);
  });

  it.each(['127.0.0.1', '127.255.0.3', '::1', 'localhost'])('serves on %s', (host) => {
    expect(parse({ HOST: host }).config?.http.host).toBe(host);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.org', 'localhost.example.org', '128.0.0.1'])(
    'does not serve on %s',
    (host) => expect(parse({ HOST: host }).issues).toMatchObject([{ variable: 'HOST' }]),
  );

  it('serves everybody who has a key', () => {
    expect(parse({ HOST: '0.0.0.0', AUTH_MODE: 'api-key' }).config?.http.host).toBe('0.0.0.0');
    expect(messages({ HOST: '0.0.0.0' })).toEqual([
      'HOST is "0.0.0.0" but without access control everybody who reaches that address may do everything. ' +
        'Set AUTH_MODE=api-key, or listen on 127.0.0.1 behind a proxy that authenticates',
    ]);
  });

  it('wants a pepper that all processes on a database share', () => {
    const shared = { AUTH_MODE: 'api-key', DATABASE_URL: 'postgres://db/x' };
    expect(messages(shared)).toEqual([
      expect.stringMatching(
        /^API_KEY_PEPPER is not set, but all processes on one DATABASE_URL have to share it/,
      ),
    ]);
    expect(parse({ ...shared, API_KEY_PEPPER: PEPPER }).config?.access.pepper).toBe(PEPPER);
    expect(parse({ DATABASE_URL: 'postgres://db/x' }).issues).toBeUndefined();
  });

  it.each(['mysql://db/x', 'db:5432', 'postgres://', 'postgres//user:hunter2@db/x'])(
    'refuses the database address %s without repeating it',
    (url) => {
      expect(messages({ DATABASE_URL: url })).toEqual([
        'DATABASE_URL must look like postgres://user:password@host:5432/database',
      ]);
    },
  );

  describe('DATABASE_URL_FILE', () => {
    const path = join(FOLDER, 'url');

    it('names a file that holds the value', () => {
      expect(parse({ DATABASE_URL_FILE: path }).config?.database.url).toBe('postgres://db/x');
    });

    it('is not given together with the variable', () => {
      expect(messages({ DATABASE_URL_FILE: path, DATABASE_URL: 'postgres://db/y' })).toEqual([
        'DATABASE_URL_FILE is set together with DATABASE_URL. Keep one of them',
      ]);
    });

    it('that cannot be read is reported beside the other errors', () => {
      expect(messages({ DATABASE_URL_FILE: '/nowhere/url', PORT: 'x' })).toEqual([
        'DATABASE_URL_FILE names /nowhere/url, which cannot be read (ENOENT)',
        'PORT is "x" but must be a whole number from 0 to 65535',
      ]);
    });
  });
});

describe('ConfigurationError', () => {
  it('lists every issue on a line of its own', () => {
    const { message } = new ConfigurationError(parse({ PORT: 'x', LOG_LEVEL: 'loud' }).issues ?? []);
    expect(message.split('\n')).toEqual([
      'The configuration has 2 errors:',
      '  PORT is "x" but must be a whole number from 0 to 65535.',
      expect.stringContaining('  LOG_LEVEL is "loud" but must be one of fatal, error'),
      'docs/configuration.md explains every variable.',
    ]);
  });
});
