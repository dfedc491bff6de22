import { describe, expect, it } from '@jest/globals';
import {
  DeliveriesStore,
  type LeasedDelivery,
  type LeaseRequest,
} from '../../../src/execution/webhooks/deliveries-store.port.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { EngineTest } from '../../support/engine-test.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { eventually } from '../../support/eventually.js';
import { hold } from '../../support/until-blocked.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine({ bendsRules: true, config: { role: 'api' } });

const store = () => engine.test.app.get(DeliveriesStore, { strict: false });
const REQUEST: LeaseRequest = { limit: 10, limitPerWebhook: 4, underWay: new Map(), leaseSeconds: 30 };
const lease = (request: Partial<LeaseRequest> = {}) => store().lease({ ...REQUEST, ...request });

/** A webhook with so many runs to hear of, and nothing else that is due. */
async function backlog(...counts: readonly number[]): Promise<string[]> {
  await engine.query('delete from webhook_deliveries');
  const ids: string[] = [];
  for (const count of counts) {
    const { body } = await engine.post('/webhooks', { url: 'https://example.com/' });
    ids.push(body.id as string);
    await engine.query(
      `with run as (
         insert into runs (id, status, definition, finished_at)
         select gen_random_uuid(), 'failed', '{}', now() from generate_series(1, $2::integer) returning id)
       insert into webhook_deliveries (id, webhook_id, run_id, next_attempt_at)
       select gen_random_uuid(), $1, id, now() - interval '1 second' from run`,
      [body.id, count],
    );
  }
  return ids;
}
const countOf = (leased: readonly LeasedDelivery[], webhookId: string): number =>
  leased.filter((delivery) => delivery.webhookId === webhookId).length;
const row = async ({ id }: LeasedDelivery) =>
  (
    await engine.query(
      'select status, attempts, last_status, last_error from webhook_deliveries where id = $1',
      [id],
    )
  )[0];

describe('a lease', () => {
  it('takes a few of each webhook, counting those under way', async () => {
    const [first, second, third] = (await backlog(20, 20, 2)) as [string, string, string];
    const leased = await lease({
      underWay: new Map([
        [first, 3],
        [second, 4],
      ]),
    });
    expect([first, second, third].map((id) => countOf(leased, id))).toEqual([1, 0, 2]);
    expect(await lease({ limit: 3 })).toHaveLength(3);
  });

  it('keeps others off until it is over', async () => {
    await backlog(1);
    const [delivery] = (await lease()) as [LeasedDelivery];
    expect(await lease()).toEqual([]);
    await engine.query(
      `update webhook_deliveries set next_attempt_at = next_attempt_at - interval '31 seconds'`,
    );
    expect(await lease()).toEqual([delivery]);
  });

  it('under way takes nothing from others and holds nobody up', async () => {
    await backlog(6);
    const work = engine.test.app.get(UnitOfWork);
    const other = hold((inside) => work.transactional(inside), lease);
    const first = await other.done;
    const second = await lease();
    await other.release();
    expect([first.length, second.length]).toEqual([4, 2]);
    expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(6);
  });

  it('given back is taken at once', async () => {
    await backlog(1);
    const [delivery] = (await lease()) as [LeasedDelivery];
    await store().giveBack(delivery);
    expect(await lease()).toEqual([delivery]);
  });

  it('drops what was stored while its webhook was deleted or disabled', async () => {
    const [deleted, disabled] = await backlog(1, 1);
    await engine.query('delete from webhooks where id = $1', [deleted]);
    await engine.query('update webhooks set disabled_at = now() where id = $1', [disabled]);
    expect(await lease()).toEqual([]);
    expect(await engine.query('select webhook_id, status, attempts from webhook_deliveries')).toEqual([
      { webhook_id: disabled, status: 'failed', attempts: 0 },
    ]);
  });
});

describe('an attempt that outlived its lease', () => {
  const retry = { kind: 'retry', status: 500, error: 'no', delayMs: 1_000 } as const;

  it('changes nothing when it failed', async () => {
    await backlog(1);
    const [delivery] = (await lease()) as [LeasedDelivery];
    await store().settle(delivery, { kind: 'delivered', status: 200 });
    await store().settle(delivery, retry);
    expect(await row(delivery)).toEqual({
      status: 'delivered',
      attempts: 1,
      last_status: 200,
      last_error: null,
    });
  });

  it('counts when it succeeded', async () => {
    await backlog(1);
    const [delivery] = (await lease()) as [LeasedDelivery];
    await store().settle(delivery, retry);
    await store().settle(delivery, retry);
    expect(await row(delivery)).toMatchObject({ status: 'pending', attempts: 1, last_error: 'no' });
    await store().settle(delivery, { kind: 'delivered', status: 204 });
    expect(await row(delivery)).toMatchObject({ status: 'delivered', last_status: 204, last_error: null });
  });
});

describe('a process that stops', () => {
  it('gives back what it cannot end, uncounted', async () => {
    const receiver = await WebhookReceiver.start();
    receiver.answer('/silent', () => undefined);
    const database = engine.test.database;
    const sender = await EngineTest.start({ database, config: { httpAllowedHosts: [receiver.host] } });
    await engine.query('delete from webhooks');
    await engine.query('delete from webhook_deliveries');
    const { body } = await sender.post('/webhooks', { url: receiver.url('/silent') });
    await sender.run([{ taskId: 'a', taskType: 'test.noop' }]);
    await eventually(() => receiver.received.length === 1);
    const startedAt = performance.now();
    await sender.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const [delivery] = await lease();
    expect(delivery).toMatchObject({ webhookId: body.id, attempts: 0 });
    await receiver.close();
  });
});
