import { describe, expect, it } from '@jest/globals';
import { useEngine } from '../../support/use-engine.js';

const UNKNOWN = '0198c0de-0000-7000-8000-000000000001';
const URL = 'https://example.com/hooks/tandem';

const engine = useEngine({ config: { role: 'api', httpAllowedHosts: ['10.0.0.7'] } });

const remove = (id: string) => engine.test.http('DELETE', `/api/v1/webhooks/${id}`);

describe('POST /webhooks', () => {
  it('answers the secret, once', async () => {
    const { status, headers, body } = await engine.post('/webhooks', { url: URL });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/webhooks/${body.id}`);
    const { secret, ...shown } = body;
    expect(shown).toEqual({
      id: expect.any(String),
      url: URL,
      workflowId: null,
      statuses: ['succeeded', 'failed', 'cancelled'],
      description: '',
      disabledAt: null,
      createdAt: expect.any(String),
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { body: page } = await engine.get('/webhooks?limit=200');
    expect(page.items.at(-1)).toEqual(shown);
    expect(JSON.stringify(page)).not.toContain('whsec_');
    const { status: found, body: alone } = await engine.get(`/webhooks/${body.id}`);
    expect([found, alone]).toEqual([200, shown]);
    expect((await engine.get(`/webhooks/${UNKNOWN}`)).body.code).toBe('webhook_not_found');
  });

  it('shows the address as it will be called', async () => {
    const { body } = await engine.post('/webhooks', { url: 'http://EXAMPLE.com:80/a/../b c' });
    expect(body.url).toBe('http://example.com/b%20c');
  });

  it.each([
    ['no URL', { url: 'example.com' }, 'invalid_url'],
    ['white space around the URL', { url: ` ${URL}` }, 'invalid_url'],
    ['control characters', { url: `${URL}\r\nX: y` }, 'invalid_url'],
    ['another scheme', { url: 'ftp://example.com/' }, 'invalid_url'],
    ['a private address', { url: 'http://127.0.0.1:3000/' }, 'address_refused'],
    ['a workflow that is not there', { url: URL, workflowId: UNKNOWN }, 'unknown_workflow'],
  ])('refuses %s', async (_, body, code) => {
    const answer = await engine.post('/webhooks', body);
    expect([answer.status, answer.body.code, answer.body.errors[0].code]).toEqual([422, code, code]);
  });

  it('takes a private address that an operator opened', async () => {
    expect((await engine.post('/webhooks', { url: 'http://10.0.0.7/hook' })).status).toBe(201);
  });

  it.each([
    {},
    { url: URL, statuses: [] },
    { url: URL, statuses: ['waiting'] },
    { url: URL, statuses: ['failed', 'failed'] },
    { url: URL, secret: 'x' },
  ])('answers 400 to %j', async (body) => {
    expect((await engine.post('/webhooks', body)).status).toBe(400);
  });
});

describe('webhooks', () => {
  it('are listed page by page, oldest first, and deleted', async () => {
    const ids: string[] = [];
    for (let made = 0; made < 3; made += 1) ids.push((await engine.post('/webhooks', { url: URL })).body.id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await engine.get(`/webhooks?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor as string | null;
    }
    expect(seen.slice(-3)).toEqual(ids);
    const [first] = ids as [string];
    expect((await remove(first)).status).toBe(204);
    expect((await remove(first)).body.code).toBe('webhook_not_found');
    expect((await engine.get(`/webhooks/${first}/deliveries`)).body.code).toBe('webhook_not_found');
  });

  it('show their deliveries page by page', async () => {
    const { body: made } = await engine.post('/webhooks', { url: URL });
    await engine.query(
      `insert into webhook_deliveries (id, webhook_id, run_id, next_attempt_at)
       select ('0198c0de-0000-7000-8000-00000000000' || n)::uuid, $1, gen_random_uuid(), now() from generate_series(1, 3) n`,
      [made.id],
    );
    const { body: first } = await engine.get(`/webhooks/${made.id}/deliveries?limit=2`);
    expect(first.items.map(({ id }: { id: string }) => id.at(-1))).toEqual(['1', '2']);
    expect(first.items[0]).toMatchObject({
      status: 'pending',
      attempts: 0,
      lastStatus: null,
      deliveredAt: null,
    });
    const { body: second } = await engine.get(
      `/webhooks/${made.id}/deliveries?limit=2&cursor=${first.nextCursor}`,
    );
    expect([second.items.length, second.nextCursor]).toEqual([1, null]);
    await remove(made.id);
    expect(await engine.query('select from webhook_deliveries where webhook_id = $1', [made.id])).toEqual([]);
  });
});
