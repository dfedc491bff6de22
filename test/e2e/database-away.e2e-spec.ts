import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let database: TestDatabase;
let test: TestApp;
beforeAll(async () => {
  database = await createTestDatabase();
  test = await startTestApp({ database });
  expect((await test.http('GET', '/api/v1/agents')).status).toBe(200);
  await database.drop();
});
afterAll(() => test.close());

describe('without its database the service', () => {
  it.each([
    ['GET', '/api/v1/agents', undefined],
    ['POST', '/api/v1/agents', { name: 'a' }],
  ])('answers %s %s with 503 and when to try again', async (method, path, body) => {
    const answer = await test.http(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([503, 'database_unavailable']);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.body.detail).not.toMatch(/test_|127\.0\.0\.1/);
  });

  it('answers a POST with an idempotency key alike', async () => {
    const answer = await test.http('POST', '/api/v1/agents', { name: 'a' }, { 'idempotency-key': 'k' });
    expect([answer.status, answer.body.code]).toEqual([503, 'database_unavailable']);
  });

  it('is alive and not ready', async () => {
    expect((await test.http('GET', '/health/live')).status).toBe(200);
    const ready = await test.http('GET', '/health/ready');
    expect([ready.status, ready.body.checks.database]).toEqual([
      503,
      { status: 'down', detail: 'The check failed.' },
    ]);
  });

  it('still tells bad requests from its own trouble', async () => {
    expect((await test.http('POST', '/api/v1/agents', { nam: 'a' })).status).toBe(400);
  });
});
