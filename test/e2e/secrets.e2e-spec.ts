import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseConfig } from '../../src/config/parse-config.js';
import { createApp } from '../../src/create-app.js';
import { ProviderRegistry } from '../../src/llm/providers/provider.registry.js';
import { EngineTest } from '../support/engine-test.js';
import { CapturedLog, dumpDatabase, type Found, leaksOf, shown } from '../support/leaks.js';
import { ModelServer } from '../support/llm/model-server.js';
import { ANSWERS, answerByName, PasswordModule, withoutOwnKey } from '../support/llm/secret-world.js';
import { DataFolder } from '../support/spawned-tandem.js';
import { testConfig, testLlmSettings } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** In the forms keys have, so that what knows keys by their form can be seen to work. */
const OPENAI = 'sk-proj-Canary0penAiQ7f3xkV2mZp8LrT5wYb1NcD9aEu6';
const ANTHROPIC = 'sk-ant-api03-CanaryAnthr0picJ4sHq9WzK2vBn7XtLr5PdMy';
const GOOGLE = 'AIzaSyCanaryG00gle-8hJ3kQw5zXv1nBt7rLpMd';
const DATABASE = 'canary-database-Kq83ZtPw51';
/** Of the compatible server; also what somebody puts into a prompt. */
const PROMPTED = 'sk-canary-c0mpatible-Vw62HnXs90JtQy41';
/** A parameter named `password`. */
const PASSWORD = 'canary-passw0rd-Rf57MbUc38';

const PROVIDERS = ['openai', 'anthropic', 'google', 'openai-compatible'];
const KEYS = { OPENAI, ANTHROPIC, GOOGLE, DATABASE };

let engine: EngineTest;
let server: ModelServer;
let database: TestDatabase;
const log = new CapturedLog();
const answers: Found[] = [];
const errors: Found[] = [];

const llmSettings = (url: string) =>
  testLlmSettings({
    openai: { apiKey: OPENAI, baseUrl: `${url}/v1` },
    anthropic: { apiKey: ANTHROPIC, baseUrl: url },
    google: { apiKey: GOOGLE, baseUrl: url },
    openaiCompatible: {
      ...{ apiKey: PROMPTED, baseUrl: `${url}/v1` },
      price: { inputTokens: 1_000, outputTokens: 1_000 },
    },
    timeoutSeconds: 2,
    captureContent: 'full',
  });

/** The test database, by a role whose password is a canary. */
async function withCanaryRole(given: TestDatabase): Promise<TestDatabase> {
  const role = `canary_${given.url.slice(-12)}`;
  await given.query(`create role ${role} superuser login password '${DATABASE}'`);
  const url = new URL(given.url);
  url.username = role;
  url.password = DATABASE;
  const drop = async () => {
    await given.query(`alter role ${role} nologin`);
    await given.drop();
  };
  return { ...given, url: url.href, drop };
}

/** Keeps every answer of the API, headers included. */
function keepAnswers({ test }: EngineTest): void {
  const send = test.http;
  const keeping: typeof send = async (method, path, ...rest) => {
    const answer = await send(method, path, ...rest);
    const headers = shown([...answer.headers]);
    const where = `${method} ${path.replace(/[0-9a-f-]{36}/g, ':id').split('?')[0]} ${answer.status}`;
    answers.push({ where, text: `${headers}\n${JSON.stringify(answer.body) ?? ''}` });
    return answer;
  };
  Object.assign(test, { http: keeping });
}

/** Another model for each way of answering: none is kept from being asked by what others did. */
function modelOf(provider: string, index: number): string {
  const models = engine.test.app.get(ProviderRegistry).find(provider)?.models() ?? [];
  return `${provider}:${models[index]?.model ?? `local-${index}`}`;
}

const generate = (model: string, prompt: string) =>
  engine.start([
    {
      ...{ taskId: 'ask', taskType: 'llm.generate', retry: { maxAttempts: 1 } },
      parameters: { model, prompt, maxOutputTokens: 100 },
    },
  ]);

/** One run for each provider and each way of answering; the first answers load the SDKs. */
async function askEveryWay(): Promise<void> {
  const [well = '', ...ways] = Object.keys(ANSWERS).filter((name) => name !== 'repeats-key');
  for (const provider of PROVIDERS) await engine.ended(await generate(modelOf(provider, 0), well));
  const asked = ways.flatMap((way, index) => PROVIDERS.map((id) => generate(modelOf(id, index + 1), way)));
  for (const id of await Promise.all(asked)) {
    await engine.ended(id, 20_000);
    for (const path of ['', '/tasks', '/events', '/summary', '/costs'])
      await engine.get(`/runs/${id}${path}`);
  }
}

/** A key and a password on their way into prompts. */
async function tempt(): Promise<void> {
  const ask = async (prompt: string, provider: string) =>
    engine.ended(await generate(modelOf(provider, 0), prompt));
  await Promise.all([
    ...PROVIDERS.map((id) => ask(`all-is-well, with the key ${PROMPTED} in it`, id)),
    ...[false, true].map((fails) =>
      engine.run([
        {
          ...{ taskId: 'desk', taskType: 'test.password', retry: { maxAttempts: 1 } },
          parameters: { topic: 'all-is-well', password: PASSWORD, fails },
        },
      ]),
    ),
  ]);
}

/** Requests nobody can accept, each with every secret in it. */
async function sendNonsense(): Promise<void> {
  const secrets = { password: PASSWORD, apiKey: OPENAI, other: [ANTHROPIC, GOOGLE, DATABASE] };
  const task = { taskId: 'ask', taskType: 'llm.generate', parameters: { prompt: 7, ...secrets } };
  const body = { name: 'w', ownerAgentId: engine.agentId, definition: { tasks: [task] } };
  const { test } = engine;
  await test.http('POST', '/api/v1/workflows', body);
  await test.http('POST', '/api/v1/workflows/validate', body.definition);
  await test.http('POST', '/api/v1/agents', { name: 'x', llmConfig: secrets });
  await test.http('POST', '/api/v1/agents', `{"name":"${OPENAI}`);
  await test.http('PUT', '/api/v1/budgets/total', { limitUsd: OPENAI, ...secrets });
  // What stands in an address is said again in its problem: secrets do not belong there, so none is.
  const headers = { authorization: `Bearer ${OPENAI}`, cookie: `${GOOGLE}; ${ANTHROPIC}` };
  await test.http('GET', '/api/v1/agents?status=none', undefined, headers);
  await test.http('GET', '/api/v1/runs/nothing', undefined, headers);
}

async function lookAround(): Promise<void> {
  for (const path of ['providers', 'models', 'interactions?limit=200']) await engine.get(`/llm/${path}`);
  const { body } = await engine.get('/llm/interactions?limit=200');
  for (const { id } of body.items) await engine.get(`/llm/interactions/${id}`);
  for (const path of ['/metrics', '/docs-json', '/health/ready']) await engine.test.http('GET', path);
  for (const path of ['/budgets', '/features', '/task-types']) await engine.get(path);
}

async function failToBoot(databaseUrl: string, llm = llmSettings('http://127.0.0.1:9')): Promise<void> {
  const options = { config: testConfig('/nowhere', { llm }), databaseUrl, logger: log };
  const booted = createApp(options).then((app) => app.init().finally(() => app.close()));
  await booted.catch((error: unknown) => errors.push({ where: 'boot error', text: shown(error) }));
}

beforeAll(async () => {
  server = await ModelServer.start();
  server.answer(answerByName);
  database = await withCanaryRole(await createTestDatabase());
  const llm = llmSettings(server.url);
  engine = await EngineTest.start({ modules: [PasswordModule], config: { llm }, logger: log, database });
  keepAnswers(engine);
  await askEveryWay();
  await tempt();
  await sendNonsense();
  await lookAround();
}, 60_000);
afterAll(async () => {
  await engine.close();
  await server.close();
  await database.drop();
});

/** Everything there is to be read, apart from what callers themselves stored. */
async function everything(): Promise<Found[]> {
  const wire = server.requests.map((request) => ({ where: 'wire', text: withoutOwnKey(request) }));
  return [...log.lines, ...answers, ...errors, ...wire, ...(await dumpDatabase(database))];
}

describe('canaries', () => {
  it('there is something to search', async () => {
    const places = new Set((await everything()).map(({ where }) => where));
    expect(places.size).toBeGreaterThan(150);
    expect([...places]).toEqual(
      expect.arrayContaining([
        ...[
          'wire',
          'log log',
          'GET /metrics 200',
          'GET /docs-json 200',
          'GET /api/v1/llm/interactions/:id 200',
        ],
        ...['public.llm_interactions.prompt', 'public.run_events.data', 'GET /api/v1/runs/:id/events 200'],
        ...['GET /api/v1/llm/providers 200', 'public.tasks.error', 'POST /api/v1/agents 400'],
      ]),
    );
    // Every provider was sent its own key, where it belongs.
    const sent = server.requests.map(({ headers }) =>
      String(headers['x-goog-api-key'] ?? headers.authorization),
    );
    expect(new Set(sent)).toEqual(
      new Set([`Bearer ${OPENAI}`, `Bearer ${ANTHROPIC}`, GOOGLE, `Bearer ${PROMPTED}`]),
    );
    expect(leaksOf(PASSWORD, await everything())).toContain('public.tasks.parameters');
  });

  it.each(Object.entries(KEYS))('the secret %s is found nowhere', async (_, secret) => {
    expect(leaksOf(secret, await everything())).toEqual([]);
  });

  it('a boot that fails says nothing of them', async () => {
    await failToBoot(`postgres://canary:${DATABASE}@127.0.0.1:1/none`);
    await failToBoot(database.url.replace(/\/[^/]+$/, '/does_not_exist'));
    await failToBoot(database.url, { ...llmSettings(server.url), provider: 'nobody' });
    await failToBoot(database.url, { ...llmSettings(server.url), model: 'nothing' });
    expect(errors).toHaveLength(4);
    for (const secret of [...Object.values(KEYS), PROMPTED]) expect(leaksOf(secret, errors)).toEqual([]);
  });

  it('an environment that is wrong is told without them', () => {
    const { issues } = parseConfig(
      {
        DATABASE_URL: `mysql://canary:${DATABASE}@host/db`,
        ...{ OPENAI_API_KEY: OPENAI, OPENAI_API_KEY_FILE: '/nowhere', LLM_TIMEOUT: 'never' },
        ...{ OPENAI_BASE_URL: `https://user:${ANTHROPIC}@host`, GOOGLE_BASE_URL: `ftp://x/?key=${GOOGLE}` },
      },
      { workingFolder: process.cwd(), isTerminal: false },
    );
    expect(issues?.length).toBeGreaterThanOrEqual(3);
    const told = [{ where: 'configuration', text: shown(issues) }];
    for (const secret of Object.values(KEYS)) expect(leaksOf(secret, told)).toEqual([]);
  });

  it('a process logs none of them, serving or not', async () => {
    const folder = new DataFolder();
    const environment = {
      ...{ OPENAI_API_KEY: OPENAI, OPENAI_BASE_URL: `${server.url}/v1`, ANTHROPIC_API_KEY: ANTHROPIC },
      ...{ GOOGLE_API_KEY: GOOGLE, LOG_LEVEL: 'trace', TANDEM_SAMPLE: 'off' },
    };
    try {
      const serving = folder.start({ ...environment, DATABASE_URL: database.url });
      const lost = folder.start({ ...environment, DATABASE_URL: `postgres://c:${DATABASE}@127.0.0.1:1/x` });
      const origin = await serving.origin();
      await fetch(`${origin}/api/v1/agents?password=${OPENAI}`, { headers: { authorization: ANTHROPIC } });
      const agents = (await (await fetch(`${origin}/api/v1/agents`)).json()) as { items: { id: string }[] };
      const asked = {
        taskType: 'llm.generate',
        parameters: { prompt: 'refused-key' },
        retry: { maxAttempts: 1 },
      };
      const answer = await fetch(`${origin}/api/v1/agents/${agents.items[0]?.id}/tasks?wait=10`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) },
      });
      const texts = [await answer.text()];
      serving.signal('SIGTERM');
      await Promise.all([serving.exit(), lost.exit()]);
      texts.push(serving.output, serving.errors, lost.output, lost.errors);
      expect(serving.output).toContain('/api/v1/agents');
      expect(lost.errors).toContain('Tandem cannot start.');
      const told = texts.map((text) => ({ where: 'process', text }));
      for (const secret of Object.values(KEYS)) expect(leaksOf(secret, told)).toEqual([]);
    } finally {
      await folder.clear();
    }
  }, 60_000);
});

/** Of what callers themselves wrote into definitions and parameters: their own words, back to themselves. */
const OWN_WORDS =
  /^public\.(workflows\.definition|workflow_versions\.definition|runs\.(definition|input)|tasks\.(parameters|definition))$|^(GET|POST) \/api\/v1\/(workflows|runs|runs\/:id\/tasks|tasks)/;

// The three that need the redactor.
describe('what callers put into prompts, and models into answers', () => {
  const elsewhere = async (secret: string) =>
    leaksOf(secret, await everything()).filter((where) => !OWN_WORDS.test(where));

  it('a key that is known is neither sent, stored nor shown', async () => {
    expect(await elsewhere(PROMPTED)).toEqual([]);
  });

  it('a parameter named password is neither sent, stored elsewhere nor shown', async () => {
    expect(await elsewhere(PASSWORD)).toEqual([]);
  });

  it('a key that a provider repeats in an answer is not kept', async () => {
    await engine.ended(await generate(modelOf('google', 0), 'repeats-key'));
    await lookAround();
    expect(leaksOf(GOOGLE, await everything())).toEqual([]);
  });
});
