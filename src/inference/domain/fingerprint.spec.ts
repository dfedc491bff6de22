import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failureKindOf, fingerprintOf } from './fingerprint.js';

describe('the fingerprint of a message', () => {
  it.each([
    ['numbers', 'Got 17 of 2,048 rows in -3.5 s', 'got <n> of <n> rows in <n> s'],
    ['ids', 'Order 01920000-0000-7000-8000-000000000001 is locked', 'order <id> is locked'],
    ['short ids', 'req_8f3a91 failed, order-1234 too, ab12cd', '<id> failed, <id> too, <id>'],
    ['times', 'Since 2026-11-23T20:00:06.123Z, at 20:41:03', 'since <time>, at <time>'],
    ['dates', 'Closed on 2026-11-23 for good', 'closed on <time> for good'],
    ['addresses', 'connect ECONNREFUSED 10.0.0.7:5432', 'connect econnrefused <host>'],
    ['v6 addresses', 'connect ECONNREFUSED ::1 and [fe80::1]:80', 'connect econnrefused <host> and <host>'],
    ['host names', 'getaddrinfo ENOTFOUND db-3.prod.example.com:5432', 'getaddrinfo enotfound <name>'],
    ['URLs', 'GET https://a.example/v1/x?id=3 answered 503', 'get <url> answered <n>'],
    ['mail addresses', 'No mailbox ada.l@example.org', 'no mailbox <mail>'],
    ['spaces and case', '  The   Server\nis BUSY ', 'the server is busy'],
    ['words as they are', 'The file is locked', 'the file is locked'],
    ['nothing', '', ''],
  ])('leaves out %s', (_, message, fingerprint) => {
    expect(fingerprintOf(message)).toBe(fingerprint);
  });

  it('is the same for the same failure with other ids, and another for another', () => {
    const of = (host: string, order: number) =>
      fingerprintOf(`${host}: order ${order} is locked by ${order + 7}`);
    expect(of('a.example', 5)).toBe(of('b.example', 812_233));
    expect(of('a.example', 5)).not.toBe(fingerprintOf('a.example: order 5 is closed'));
  });

  it('is short, and its own fingerprint has nothing left to take out, whatever it is of', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (message) => {
        const fingerprint = fingerprintOf(message);
        return (
          fingerprint.length <= 200 && !/\d/.test(fingerprint.normalize('NFD').replace(/[^\x20-\x7e]/g, ''))
        );
      }),
    );
  });
});

describe('the kind of a failure', () => {
  const failure = { code: 'busy', class: 'conflict', message: 'Order 17 is locked' } as const;

  it('is told by type, class, code and fingerprint', () => {
    const kind = failureKindOf('shop.ship', failure);
    expect(kind).toMatchObject({
      ...{ taskType: 'shop.ship', errorClass: 'conflict', fingerprint: 'busy: order <n> is locked' },
    });
    expect(kind.signature).toMatch(/^[0-9a-f]{64}$/);
    const others = [
      failureKindOf('shop.pack', failure),
      failureKindOf('shop.ship', { ...failure, class: 'transient' }),
      failureKindOf('shop.ship', { ...failure, code: 'gone' }),
      failureKindOf('shop.ship', { ...failure, message: 'Order 17 is closed' }),
    ];
    expect(new Set([kind, ...others].map(({ signature }) => signature)).size).toBe(5);
    expect(failureKindOf('shop.ship', { ...failure, message: 'Order 99 is locked' })).toEqual(kind);
  });
});
