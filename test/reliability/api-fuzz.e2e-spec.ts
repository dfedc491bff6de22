import { readFileSync } from 'node:fs';
import type { LoggerService } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlanMemories } from '../../src/planning/memory/plan-memories.service.js';
import { ExecutionTypesModule } from '../support/execution-types.module.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { chatAnswer } from '../support/llm/answer-bodies.js';
import { json } from '../support/llm/answers.js';
import { ModelServer } from '../support/llm/model-server.js';
import { modelBehind, startTestApp, testLlmSettings, type TestApp } from '../support/test-app.js';
import { closed, DocumentedSchemas } from './api-fuzz/answer-schemas.js';
import { type ApiDocument, type Operation, operationsOf, type Schema } from './api-fuzz/api-document.js';
import { ApiFuzzer } from './api-fuzz/api-fuzzer.js';
import { knownValueWith } from './api-fuzz/definitions.js';
import { IdPools } from './api-fuzz/id-pools.js';
import { DEAD_HOST } from './api-fuzz/known-values.js';
import { documentedProblems } from './api-fuzz/problem-codes.js';
import { SchemaValues } from './api-fuzz/schema-values.js';
import { SeedWorld } from './api-fuzz/seed-world.js';
import { Sender } from './api-fuzz/sender.js';
import { Tally } from './api-fuzz/tally.js';
import { brokenRules, watch } from './invariants.js';
import { fullOr } from './full.js';

const REQUESTS = fullOr({ full: 10_000, usual: 900 });
/** After each of these there is something new to be asked for. */
const ROUNDS = fullOr({ full: 12, usual: 3 });
const AT_ONCE = 6;
/** TANDEM_TEST_SEED repeats the requests of an earlier run. */
const SEED = Number(process.env['TANDEM_TEST_SEED'] ?? 2026);

/** What the model says to everything: an answer to a failure, of which rules are learned, and nonsense else. */
const ADVICE = {
  ...{ action: 'adjust_parameters', delaySeconds: 0, toAgentId: '', reason: 'Longer.' },
  parameters: [{ name: 'seconds', value: '10' }],
};

/** Keeps what should not be logged here. */
class ErrorLog implements LoggerService {
  readonly errors: string[] = [];
  error(...parts: readonly unknown[]): void {
    this.errors.push(parts.map(shown).join(' '));
  }
  readonly fatal = this.error.bind(this);
  log(): void {}
  warn(): void {}
}

const shown = (part: unknown): string => {
  const { err } = (part ?? {}) as { err?: unknown };
  if (err instanceof Error) return err.stack ?? err.message;
  return typeof part === 'string' ? part : JSON.stringify(part);
};

const log = new ErrorLog();
const tally = new Tally();
let models: ModelServer;
let test: TestApp;
let sender: Sender;
let operations: readonly Operation[];
let fuzzer: ApiFuzzer;
let world: SeedWorld;

beforeAll(async () => {
  models = await ModelServer.start();
  models.answer(json(chatAnswer({ text: JSON.stringify(ADVICE), model: 'm' })));
  const llm = testLlmSettings(modelBehind(models.url));
  test = await startTestApp({
    config: { llm, httpAllowedHosts: [DEAD_HOST] },
    modules: [FaultyTypesModule, ExecutionTypesModule],
    logger: log,
  });
  await watch(test.database.query);
  const document = (await test.http('GET', '/docs-json')).body as ApiDocument;
  operations = operationsOf(document);
  sender = new Sender(test.base);
  const pools = new IdPools();
  world = new SeedWorld(sender, pools);
  const { items } = (await test.http('GET', '/api/v1/task-types')).body as {
    items: { name: string; parametersSchema: Schema }[];
  };
  // What misbehaves on purpose is only in what is sown.
  const own = items.filter(({ name }) => !name.startsWith('test.'));
  const types = own.map(({ name, parametersSchema }) => ({ name, parameters: parametersSchema }));
  const values = new SchemaValues({ definitions: document.components.schemas, known: knownValueWith(types) });
  const rules = {
    document,
    requests: new DocumentedSchemas(document),
    answers: new DocumentedSchemas(closed(document)),
    problems: documentedProblems(readFileSync('docs/errors.md', 'utf8')),
    secrets: [process.cwd(), test.dataDirectory],
  };
  fuzzer = new ApiFuzzer({ rules, values, sender, pools, tally });
});
afterAll(async () => {
  await sender.close();
  await test.close();
  await models.close();
});

/** A body can be wrong in more ways than an address. */
const weightOf = ({ body, parameters }: Operation): number =>
  body !== null ? 3 : parameters.length > 0 ? 2 : 1;

/** How many of the requests for an operation are sent in a round. */
function shareOf(operation: Operation, round: number): number {
  const weight = operations.reduce((sum, each) => sum + weightOf(each), 0);
  const all = Math.ceil((REQUESTS * weightOf(operation)) / weight);
  return Math.round((all * (round + 1)) / ROUNDS) - Math.round((all * round) / ROUNDS);
}

async function play(round: number): Promise<void> {
  await world.sow();
  // What is else done now and then.
  await test.app.get(PlanMemories).refresh();
  const open = [...operations.entries()];
  const lane = async (): Promise<void> => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const [index, operation] = next;
      await fuzzer.fuzz(
        operation,
        shareOf(operation, round),
        SEED * 1_000_003 + round * 10_007 + index * 101,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const inWords = (): readonly string[] =>
  fuzzer.findings.map(({ operationId, faults, curl }) =>
    [
      `${operationId} (TANDEM_TEST_SEED=${SEED})`,
      ...faults.map(({ rule, detail }) => `${rule}: ${detail}`),
      curl,
    ].join('\n'),
  );

describe(`the HTTP API (seed ${SEED})`, () => {
  it(
    `answers as documented whatever it is asked (${REQUESTS} requests)`,
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) await play(round);
      console.log(`${tally.total()} requests, by status: ${JSON.stringify(tally.byStatus())}`);
      expect(inWords()).toEqual([]);
    },
    fullOr({ full: 300_000, usual: 60_000 }),
  );

  it('was asked for all of its operations, in full nearly all with success', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id) => tally.total(id) === 0)).toEqual([]);
    // What is garbage only would prove little; a few depend on the state things happen to be in.
    expect(fullOr({ full: tally.neverDone(ids).length, usual: 0 })).toBeLessThanOrEqual(3);
  });

  it('is healthy after that, has logged no error and kept every rule', async () => {
    expect(await test.http('GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'up' } });
    expect(log.errors).toEqual([]);
    const runs = await test.database.query<{ id: string }>('select id from runs');
    const ids = runs.map(({ id }) => id);
    expect(await brokenRules(test.database.query, ids)).toEqual([]);
  });
});
