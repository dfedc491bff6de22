import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/common/json.js';
import { startTestApp, type TestApp, testLlmSettings } from '../../support/test-app.js';
import { DocumentComparison } from './lib/compare-document.js';
import { readable } from './lib/difference.js';
import { DocumentSchemas } from './lib/document-schemas.js';
import { operationOf, operationsOf } from './lib/operations.js';
import { readDocument, readRecording, requestOf } from './lib/recordings.js';
import { type Replay, replayBaseV1 } from './replay.js';
import { SCENARIO } from './scenario.js';

const CHAPTERS = SCENARIO.map(({ name }) => name);
const RECORDED = SCENARIO.flatMap((chapter) => {
  const byName = new Map(readRecording(chapter).map((step) => [step.name, step]));
  return chapter.steps.flatMap((step) => {
    const recorded = byName.get(step.name);
    return recorded === undefined ? [] : [{ step, answer: recorded.answer }];
  });
});

/** Answers of the edge that all routes share, shown once; and those that need a broken or a racing process. */
const SHOWN_ELSEWHERE = ['413', '415', '503'];
/** Here a conflict is only a request with the same key that has not ended yet. */
const ONLY_IN_FLIGHT = ['validateDefinition 409', 'createWorkflow 409'];
/** Answers that the frozen document does not show although routes give them. */

describe('the recording', () => {
  const operations = operationsOf(readDocument());
  const answered = new Set(
    RECORDED.flatMap(({ step, answer }) => {
      const operation = operationOf(step, operations);
      return operation === undefined ? [] : [`${operation.id} ${answer.status}`];
    }),
  );

  it.each(SCENARIO)('of $name is of the steps as they are', (chapter) => {
    const recorded = readRecording(chapter).map(({ answer: _, ...request }) => request);
    expect(recorded).toEqual(chapter.steps.map(requestOf));
  });

  it('names each step once', () => {
    const names = SCENARIO.flatMap(({ steps }) => steps.map(({ name }) => name));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('exercises every operation', () => {
    const exercised = new Set([...answered].map((answer) => answer.split(' ')[0]));
    expect(operations.map(({ id }) => id).filter((id) => !exercised.has(id))).toEqual([]);
  });

  it('exercises every answer that can be brought about', () => {
    const documented = operations.flatMap(({ id, statuses }) =>
      statuses.filter((status) => !SHOWN_ELSEWHERE.includes(status)).map((status) => `${id} ${status}`),
    );
    const missing = documented.filter((answer) => !answered.has(answer) && !ONLY_IN_FLIGHT.includes(answer));
    expect(missing).toEqual([]);
  });

  it('holds no answer that the document does not show', () => {
    const documented = operations.flatMap(({ id, statuses }) => statuses.map((status) => `${id} ${status}`));
    const known = new Set(documented);
    expect([...answered].filter((answer) => !known.has(answer))).toEqual([]);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'tandem-base-v1-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify({ answers: [{ replies: [{ text: 'An answer.' }] }] }));
afterAll(() => rmSync(folder, { recursive: true }));

/** Recorded when there was no access control: a deployment that wants keys shows its metrics to those with one. */
const METRICS_ARE_NOT_PUBLIC = {
  ...{ pointer: '/paths/~1metrics/get/x-scope', recorded: '"public"', now: '"monitoring:read"' },
};

describe.each([
  [
    'off',
    {
      features: { llmPlanning: false, dynamicInference: false, planMemory: false, recoveryLearning: true },
      llm: testLlmSettings(),
    },
  ],
  ['on', { llm: testLlmSettings({ script }) }],
])('this build with models %s', (_, config) => {
  let app: TestApp;
  let replay: Replay;
  let document: JsonObject;

  beforeAll(async () => {
    app = await startTestApp({ config });
    document = (await app.http('GET', '/docs-json')).body as JsonObject;
    replay = await replayBaseV1(app);
  }, 120_000);
  afterAll(() => app.close());

  it.each(CHAPTERS)('answers %s as recorded', (chapter) => {
    expect(replay.report(chapter)).toBe('');
  });

  it('documents all that was documented', () => {
    const found = new DocumentComparison(readDocument(), document).differences();
    const differences = found.filter(
      (each) => JSON.stringify(each) !== JSON.stringify(METRICS_ARE_NOT_PUBLIC),
    );
    expect(found).toHaveLength(differences.length + 1);
    expect(differences.length === 0 ? '' : readable('openapi.json', differences)).toBe('');
  });

  it('answers as its own document says', () => {
    const operations = operationsOf(document);
    const schemas = new DocumentSchemas(document);
    const issues = replay.steps.flatMap(({ step, answer }) => {
      const operation = operationOf(step, operations);
      if (operation === undefined || answer === undefined) return [];
      return schemas.issues(operation, answer).map((issue) => `${step.name}: ${issue}`);
    });
    expect(issues).toEqual([]);
  });
});
