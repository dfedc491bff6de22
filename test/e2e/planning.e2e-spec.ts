import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ITEMS = {
  items: [
    { name: 'desk', price: 180 },
    { name: 'lamp', price: 45 },
  ],
};
const SCHEMA = {
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items: { type: 'object', required: ['name', 'price'] } } },
};
const LOCK = {
  packages: {
    'node_modules/a': { version: '1.0.0', license: 'MIT' },
    'node_modules/b': { version: '2.0.0', license: 'ISC' },
    'node_modules/c': { version: '3.0.0', license: 'MIT' },
  },
};

let test: TestApp;
let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(ITEMS));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  test = await startTestApp({ config: { httpAllowedHosts: ['127.0.0.1'] } });
  mkdirSync(join(test.dataDirectory, 'files'), { recursive: true });
  const put = (name: string, value: unknown) =>
    writeFileSync(join(test.dataDirectory, 'files', name), JSON.stringify(value));
  put('package-lock.json', LOCK);
  put('items.schema.json', SCHEMA);
});
afterAll(async () => {
  await test.close();
  server.closeAllConnections();
  server.close();
});

const EVERYTHING = ['*'];
async function newWorkflow(capabilities: readonly string[] = EVERYTHING): Promise<string> {
  const agent = await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities });
  const fields = { name: 'Planned', ownerAgentId: agent.body.id };
  return (await test.http('POST', '/api/v1/workflows', fields)).body.id as string;
}
const plan = (workflowId: string, body: object) =>
  test.http('POST', `/api/v1/workflows/${workflowId}/plan`, body);

/** Plans a sentence, approves the plan, runs it to its end. */
async function execute(request: string) {
  const workflowId = await newWorkflow();
  const { status, body } = await plan(workflowId, { request });
  expect([
    status,
    body.diagnostics.filter(({ severity }: { severity: string }) => severity === 'warning').length,
  ]).toEqual([201, 1]);
  await test.http('POST', `/api/v1/plans/${body.id}/approve`, { contentHash: body.contentHash });
  const run = await test.http('POST', `/api/v1/workflows/${workflowId}/runs?wait=20`, {});
  return { plan: body, run: run.body };
}
const written = (name: string): string => readFileSync(join(test.dataDirectory, 'files', name), 'utf8');

describe('a sentence, planned without a model, runs unattended', () => {
  it('counts packages per licence into a file', async () => {
    const { plan: draft, run } = await execute(
      'Read package-lock.json, count the packages per licence, then write the result to counts.json',
    );
    expect(draft).toMatchObject({
      origin: 'rules',
      source: 'twin',
      reason: 'provider_unavailable',
      version: 1,
    });
    expect(run.status).toBe('succeeded');
    expect(JSON.parse(written('counts.json'))).toEqual({ MIT: 2, ISC: 1 });
  });

  it('renders a report of the counts', async () => {
    const { run } = await execute(
      'Read package-lock.json, then count the packages per licence and render a report that lists them, then write it to report.md',
    );
    expect(run.status).toBe('succeeded');
    expect(written('report.md')).toBe('- MIT: 2\n- ISC: 1\n');
  });

  it('fetches, validates and saves what it fetched as a table', async () => {
    const { run } = await execute(
      `Fetch ${origin}/items.json, validate it against items.schema.json, and save the items to items.csv`,
    );
    expect(run.status).toBe('succeeded');
    expect(written('items.csv')).toBe('name,price\ndesk,180\nlamp,45\n');
  });
});
