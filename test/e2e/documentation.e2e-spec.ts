import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EdgeModule } from '../support/edge.module.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Shown {
  readonly parameters: readonly { readonly name: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: { readonly required: boolean };
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly description: string;
  readonly 'x-scope': string;
}
interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Shown>>>>;
}

let test: TestApp;
let document: Document;
beforeAll(async () => {
  test = await startTestApp({ modules: [EdgeModule] });
  document = (await test.http('GET', '/docs-json')).body as Document;
});
afterAll(() => test.close());

const shown = (path: string, method: string): Shown => {
  const operation = document.paths[path]?.[method];
  if (operation === undefined) throw new Error(`${method} ${path} is not documented`);
  return operation;
};
const headers = ({ parameters }: Shown) => parameters.map(({ name }) => name);

describe('the OpenAPI document', () => {
  it('is of version 3.1 and shows full paths', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/features', '/health/ready', '/metrics']),
    );
  });

  it('names each operation once, with scope and a described tag', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(operations.filter((operation) => operation['x-scope'] === undefined)).toEqual([]);
    const described = new Set(document.tags.map(({ name }) => name));
    const used = operations.flatMap(({ tags }) => tags).filter((tag) => tag !== 'Edge');
    expect(used.filter((tag) => !described.has(tag))).toEqual([]);
  });

  it('says in words what a caller needs', () => {
    expect(shown('/api/v1/features', 'get').description).toContain('Scope: `features:read`.');
    expect(shown('/health/live', 'get').description).toContain('Needs no credentials.');
  });

  it('shows the idempotency key of every POST and of nothing else', () => {
    expect(headers(shown('/api/v1/edge/things', 'post'))).toEqual(['Idempotency-Key']);
    expect(headers(shown('/api/v1/edge/things/{id}', 'patch'))).toEqual(['id', 'If-Match']);
    expect(headers(shown('/api/v1/edge/things/{id}', 'get'))).toEqual(['id', 'If-None-Match']);
  });

  it('shows the answer beside the problems', () => {
    expect(Object.keys(shown('/api/v1/edge/things', 'post').responses)).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '422',
      '429',
      '503',
    ]);
    expect(Object.keys(shown('/api/v1/edge/things/{id}', 'get').responses)).toEqual([
      '200',
      '304',
      '400',
      '401',
      '403',
      '429',
      '503',
    ]);
  });

  it('shows what a body can be refused with also where none is wanted', () => {
    const { responses, requestBody } = shown('/api/v1/agents/{agentId}', 'delete');
    expect(requestBody).toBeUndefined();
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '413', '415']));
  });

  it('requires a body only where a field is required', () => {
    expect(shown('/api/v1/edge/things', 'post').requestBody?.required).toBe(true);
    expect(shown('/api/v1/edge/actions/{action}', 'post').requestBody?.required).toBe(false);
  });

  it('is browsable', async () => {
    const page = await test.http('GET', '/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect((await test.http('GET', '/docs/swagger-ui-init.js')).body).toContain('"tryItOutEnabled": true');
  });
});

describe('/metrics', () => {
  it('counts requests by route template, not by path', async () => {
    await test.http('GET', '/api/v1/edge/things/0198b8f0-0000-7000-8000-000000000000');
    await test.http('GET', '/nothing/here');
    const { body, headers: sent } = await test.http('GET', '/metrics');
    expect(sent.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(body).toContain('process_cpu_seconds_total');
    expect(body).toContain('route="unmatched",status="404"');
    expect(body).not.toContain('0198b8f0');
  });
});
