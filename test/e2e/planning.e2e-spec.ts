import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

async function newWorkflow(capabilities: readonly string[] = ['*']): Promise<string> {
  const agent = await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities });
  const workflow = await test.http('POST', '/api/v1/workflows', { name: 'Planned', ownerAgentId: agent.body.id });
  return workflow.body.id as string;
}
const plan = (workflowId: string, body: object) => test.http('POST', `/api/v1/workflows/${workflowId}/plan`, body);

describe('a sentence', () => {
  it('becomes a draft that explains itself', async () => {
    const { status, body } = await plan(await newWorkflow(), {
      request: 'Read package-lock.json, count the packages per licence, then write the result to counts.json',
    });
    expect([status, body]).toEqual([201, {}]);
  });
});
