import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';
import { type Received, WebhookReceiver } from '../../support/webhook-receiver.js';

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await WebhookReceiver.start();
});
const engine = useEngine(() => ({ config: { httpAllowedHosts: [receiver.host] } }));
afterAll(() => receiver.close());

const NOOP = [{ taskId: 'a', taskType: 'test.noop' }];
const FAILS = [{ taskId: 'a', taskType: 'test.fail', parameters: { retryable: false } }];

async function webhook(path: string, more: object = {}): Promise<{ id: string; secret: string }> {
  const { status, body } = await engine.post('/webhooks', { url: receiver.url(path), ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body as { id: string; secret: string };
}
/** A webhook of a workflow of its own, and that workflow. */
async function hooked(path: string, tasks: readonly object[] = NOOP, more: object = {}) {
  const workflowId = await engine.workflow(tasks as Record<string, unknown>[]);
  return { ...(await webhook(path, { workflowId, ...more })), workflowId };
}
const deliveries = async (webhookId: string) =>
  (await engine.get(`/webhooks/${webhookId}/deliveries`)).body.items;
const settled = (webhookId: string, status: string, withinMs = 5_000) =>
  eventually(
    async () =>
      (await deliveries(webhookId)).find((delivery: { status: string }) => delivery.status === status),
    { withinMs, what: `A delivery ${status}` },
  );
/** Instead of waiting for the back-off. */
const retryNow = (webhookId: string) =>
  engine.query(
    `update webhook_deliveries set next_attempt_at = now() where webhook_id = $1 and attempts > 0 and status = 'pending'`,
    [webhookId],
  );
const verify = (secret: string, { body, headers }: Received, changed = body): unknown =>
  new Webhook(secret).verify(changed, headers as Record<string, string>);

describe('a webhook', () => {
  it('is told of the end of a run at once, signed', async () => {
    const { id, secret, workflowId } = await hooked('/signed');
    const run = await engine.ended(await engine.startWorkflow(workflowId));
    const delivery = await settled(id, 'delivered');
    const [received] = receiver.of('/signed') as [Received];
    expect(verify(secret, received)).toEqual({
      type: 'run.succeeded',
      timestamp: run.finishedAt,
      data: { runId: run.id, workflowId, status: 'succeeded', reason: null, finishedAt: run.finishedAt },
    });
    expect(received.headers).toMatchObject({ 'webhook-id': delivery.id, 'content-type': 'application/json' });
    expect(delivery).toEqual({
      id: delivery.id,
      runId: run.id,
      status: 'delivered',
      attempts: 1,
      nextAttemptAt: null,
      lastStatus: 204,
      lastError: null,
      createdAt: expect.any(String),
      deliveredAt: expect.any(String),
    });
    expect(Date.parse(delivery.deliveredAt) - Date.parse(run.finishedAt)).toBeLessThan(900);
  });

  it('sees through a changed body, another secret and another id', async () => {
    const { id, secret, workflowId } = await hooked('/forged');
    await engine.startWorkflow(workflowId);
    await settled(id, 'delivered');
    const [received] = receiver.of('/forged') as [Received];
    const other = await webhook('/other', { workflowId });
    const refused = 'No matching signature found';
    expect(() => verify(secret, received, received.body.replace('succeeded', 'failed'))).toThrow(refused);
    expect(() => verify(other.secret, received)).toThrow(refused);
    const headers = { ...received.headers, 'webhook-id': other.id };
    expect(() => verify(secret, { ...received, headers })).toThrow(refused);
  });

  it('hears of the ends it asked for, of the workflow it asked for', async () => {
    const { id, workflowId } = await hooked('/failed', FAILS, { statuses: ['failed'] });
    const fine = await hooked('/fine', NOOP, { statuses: ['failed', 'cancelled'] });
    const everything = await webhook('/everything');
    const failed = await engine.ended(await engine.startWorkflow(workflowId));
    const succeeded = await engine.ended(await engine.startWorkflow(fine.workflowId));
    expect([failed.status, succeeded.status]).toEqual(['failed', 'succeeded']);
    await settled(id, 'delivered');
    await eventually(async () => (await deliveries(everything.id)).length === 2);
    expect((await deliveries(id)).map(({ runId }: { runId: string }) => runId)).toEqual([failed.id]);
    expect(await deliveries(fine.id)).toEqual([]);
    expect(JSON.parse(receiver.of('/failed')[0]?.body ?? '')).toMatchObject({
      type: 'run.failed',
      data: { status: 'failed', reason: 'task_failed' },
    });
    expect((await engine.test.http('DELETE', `/api/v1/webhooks/${everything.id}`)).status).toBe(204);
  });

  it('is sent the same under the same id until it answers 2xx', async () => {
    receiver.answerWith('/again', 500, 302, 200);
    const { id, secret, workflowId } = await hooked('/again');
    await engine.startWorkflow(workflowId);
    const first = await eventually(async () =>
      (await deliveries(id)).find(({ attempts }: { attempts: number }) => attempts === 1),
    );
    expect(first).toMatchObject({
      status: 'pending',
      lastStatus: 500,
      lastError: 'The receiver answered 500.',
      deliveredAt: null,
    });
    const delayMs = Date.parse(first.nextAttemptAt) - Date.now();
    expect(delayMs).toBeGreaterThan(1_000);
    expect(delayMs).toBeLessThan(3_700);
    await retryNow(id);
    await eventually(async () => (await deliveries(id))[0].attempts === 2);
    expect((await deliveries(id))[0].lastError).toBe(
      'The receiver answered 302. Redirects are not followed.',
    );
    await retryNow(id);
    expect(await settled(id, 'delivered')).toMatchObject({ attempts: 3, lastStatus: 200, lastError: null });
    const received = receiver.of('/again');
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([first.id]));
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    for (const one of received) verify(secret, one);
  });

  it('fails for good after eleven attempts', async () => {
    receiver.answerWith('/never', 500);
    const { id, workflowId } = await hooked('/never');
    await engine.startWorkflow(workflowId);
    await eventually(async () => (await deliveries(id))[0]?.attempts === 1);
    await engine.query(
      `update webhook_deliveries set attempts = 10, next_attempt_at = now() where webhook_id = $1`,
      [id],
    );
    expect(await settled(id, 'failed')).toMatchObject({ attempts: 11, nextAttemptAt: null, lastStatus: 500 });
  });

  it('that answers 410 is disabled at once, with all that is pending', async () => {
    receiver.answerWith('/gone', 500, 410);
    const { id, workflowId } = await hooked('/gone');
    const first = await engine.startWorkflow(workflowId);
    await eventually(async () => (await deliveries(id))[0]?.attempts === 1);
    await engine.query(
      `update webhook_deliveries set next_attempt_at = now() + interval '1 hour' where run_id = $1`,
      [first],
    );
    const second = await engine.startWorkflow(workflowId);
    await eventually(async () =>
      (await deliveries(id)).every(({ status }: { status: string }) => status === 'failed'),
    );
    expect(await deliveries(id)).toMatchObject([
      { runId: first, lastError: 'The webhook was disabled: its receiver answered 410.', attempts: 1 },
      { runId: second, lastError: 'The receiver answered 410, which disables the webhook.', attempts: 1 },
    ]);
    await engine.ended(await engine.startWorkflow(workflowId));
    expect(await deliveries(id)).toHaveLength(2);
    expect(receiver.of('/gone')).toHaveLength(2);
    const { body } = await engine.get('/webhooks?limit=200');
    expect(body.items.find((item: { id: string }) => item.id === id).disabledAt).toEqual(expect.any(String));
  });

  it('that never answers holds up nobody else', async () => {
    receiver.answer('/silent', () => undefined);
    const silent = await hooked('/silent');
    const lively = await webhook('/lively', { workflowId: silent.workflowId });
    // More than may be under way in a process.
    const runs = await Promise.all(Array.from({ length: 40 }, () => engine.startWorkflow(silent.workflowId)));
    await eventually(() => receiver.of('/lively').length === runs.length, { withinMs: 5_000 });
    expect(receiver.of('/silent')).toHaveLength(4);
    expect((await deliveries(lively.id)).length).toBe(40);
    const [one] = await deliveries(silent.id);
    expect(one).toMatchObject({ status: 'pending', attempts: 0, lastError: null });
    // An attempt has 10 s.
    await eventually(
      async () => (await deliveries(silent.id)).some(({ attempts }: { attempts: number }) => attempts === 1),
      {
        withinMs: 12_000,
      },
    );
    const failed = (await deliveries(silent.id)).find(({ attempts }: { attempts: number }) => attempts === 1);
    expect(failed).toMatchObject({ lastStatus: null, lastError: 'No answer came within 10 s.' });
    await engine.test.http('DELETE', `/api/v1/webhooks/${silent.id}`);
  });

  it('may answer with any body', async () => {
    receiver.answer('/endless', (_, response) => {
      const write = (): boolean => response.destroyed || !response.write('x'.repeat(65_536));
      response.writeHead(200);
      while (!write());
      response.on('drain', () => void write());
    });
    const { id, workflowId } = await hooked('/endless');
    await engine.startWorkflow(workflowId);
    expect(await settled(id, 'delivered', 3_000)).toMatchObject({ lastStatus: 200 });
  });

  it('on a name that leads to a private address fails with a clear reason', async () => {
    const { workflowId } = await hooked('/unused');
    const url = receiver.url('/private').replace('127.0.0.1', 'localhost');
    const { status, body } = await engine.post('/webhooks', { url, workflowId });
    expect(status).toBe(201);
    await engine.startWorkflow(workflowId);
    const tried = await eventually(async () =>
      (await deliveries(body.id)).find(({ attempts }: { attempts: number }) => attempts === 1),
    );
    expect(tried).toMatchObject({ status: 'pending', lastStatus: null });
    expect(tried.lastError).toMatch(/^localhost resolves to \S+, which is not on the public internet\./);
    expect(receiver.of('/private')).toEqual([]);
  });
});
