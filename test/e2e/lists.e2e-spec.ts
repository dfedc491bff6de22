import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TASKS = ['a', 'b'].map((taskId) => ({
  taskId,
  taskType: 'text.render',
  parameters: { template: taskId },
  dependencies: [],
}));

let test: TestApp;
let runIds: string[];
const post = async (path: string, body: object): Promise<string> =>
  (await test.http('POST', `/api/v1${path}`, body)).body.id as string;

beforeAll(async () => {
  test = await startTestApp({ config: { role: 'api' } });
  const [ownerAgentId] = [
    await post('/agents', { name: 'one', capabilities: ['*'] }),
    await post('/agents', { name: 'two' }),
  ];
  const definition = { tasks: TASKS };
  const workflowId = await post('/workflows', { name: 'one', ownerAgentId, definition });
  await post('/workflows', { name: 'two', ownerAgentId });
  runIds = [await post(`/workflows/${workflowId}/runs`, {}), await post(`/workflows/${workflowId}/runs`, {})];
});
afterAll(() => test.close());

describe('a cursor', () => {
  it('is taken by the list that gave it and by no other', async () => {
    const lists = ['agents', 'workflows', 'runs', 'tasks', ...runIds.map((id) => `runs/${id}/tasks`)];
    const cursors = new Map<string, string>();
    for (const list of lists) {
      const { body } = await test.http('GET', `/api/v1/${list}?limit=1`);
      cursors.set(list, body.nextCursor as string);
    }
    for (const list of lists) {
      for (const [giver, cursor] of cursors) {
        const { status, body } = await test.http('GET', `/api/v1/${list}?limit=1&cursor=${cursor}`);
        const expected = giver === list ? [200, undefined] : [400, 'invalid_cursor'];
        expect([giver, list, status, body.code]).toEqual([giver, list, ...expected]);
      }
    }
  });
});
