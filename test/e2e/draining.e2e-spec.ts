import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Lifecycle } from '../../src/common/lifecycle.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
  test.app.get(Lifecycle).drain();
});
afterAll(() => test.close());

describe('a draining process', () => {
  it('answers a POST with 503 and when to try again', async () => {
    const answer = await test.http('POST', '/api/v1/agents', { name: 'late' });
    expect([answer.status, answer.body.code]).toEqual([503, 'draining']);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('goes on answering reads', async () => {
    expect((await test.http('GET', '/api/v1/agents')).status).toBe(200);
  });

  it('is alive and not ready', async () => {
    expect((await test.http('GET', '/health/live')).status).toBe(200);
    const ready = await test.http('GET', '/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      status: 'down',
      checks: { database: { status: 'up' }, process: { status: 'down', detail: 'The process is draining.' } },
    });
  });
});
