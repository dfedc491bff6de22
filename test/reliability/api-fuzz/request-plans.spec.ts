import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DocumentedSchemas } from './answer-schemas.js';
import { type ApiDocument, type Operation, operationsOf } from './api-document.js';
import { knownValueWith } from './definitions.js';
import { IdPools } from './id-pools.js';
import { type RequestPlan, requestPlans } from './request-plans.js';
import { SchemaValues } from './schema-values.js';
import { withIds } from './sent-request.js';

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as ApiDocument;
const types = [
  { name: 'timer.wait', parameters: { type: 'object', properties: { seconds: { type: 'number' } } } },
];
const values = new SchemaValues({ definitions: document.components.schemas, known: knownValueWith(types) });
const operations = operationsOf(document);
const plansOf = (operation: Operation, numRuns: number, seed = 1): RequestPlan[] =>
  fc.sample(requestPlans(operation, values), { numRuns, seed });
const all = operations.flatMap((operation) =>
  plansOf(operation, 40).map((plan) => ({ operation, plan, sent: withIds(plan, new IdPools()) })),
);

describe('requests of the checked-in document', () => {
  it('are the same for the same seed', () => {
    const [operation] = operations as [Operation];
    expect(plansOf(operation, 30)).toEqual(plansOf(operation, 30));
    expect(plansOf(operation, 30, 2)).not.toEqual(plansOf(operation, 30));
  });

  it('can be sent: no character of an address needs encoding, headers are latin text', () => {
    expect(all.filter(({ sent }) => !/^\/[\x21-\x7e]*$/.test(sent.target))).toEqual([]);
    const headers = all.flatMap(({ sent }) => sent.headers.map(([, value]) => value));
    expect(headers.filter((value) => !/^[\t\x20-\xff]*$/.test(value))).toEqual([]);
  });

  it('are of their operation: as many parts of the path', () => {
    const parts = (path: string) => path.split('?')[0]?.split('/').length;
    expect(all.filter(({ operation, sent }) => parts(sent.target) !== parts(operation.path))).toEqual([]);
    expect(
      all.filter(({ sent }) => /\/(\.{1,2})?(\/|\?|$)/.test(sent.target.split('?')[0] as string)),
    ).toEqual([]);
  });

  it('never wait for long', () => {
    const waits = all.flatMap(({ sent }) =>
      [...sent.target.matchAll(/[?&]wait=([^&]*)/g)].map(([, text]) => text),
    );
    expect(waits.length).toBeGreaterThan(20);
    expect(waits.filter((text) => Number(text) > 1)).toEqual([]);
  });

  it('have bodies that fit where they are said to, and many that do not', () => {
    const schemas = new DocumentedSchemas(document);
    const withBody = all.filter(({ operation, plan }) => operation.body !== null && plan.body !== null);
    const fits = ({ operation, sent }: (typeof all)[number]): boolean => {
      try {
        return schemas.misfit(operation.body?.schema ?? {}, JSON.parse(sent.body as string)) === null;
      } catch {
        return false;
      }
    };
    const documented = withBody.filter(({ plan }) => plan.isAsDocumented);
    expect(documented.length).toBeGreaterThan(100);
    expect(documented.filter((each) => !fits(each)).map(({ sent }) => sent.body)).toEqual([]);
    expect(withBody.filter((each) => !fits(each)).length).toBeGreaterThan(100);
  });
});
