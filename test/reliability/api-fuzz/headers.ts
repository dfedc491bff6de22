import fc from 'fast-check';
import type { Operation } from './api-document.js';
import { mark } from './known-values.js';

export interface SentHeaders {
  /** Of the body; null: none is named. */
  readonly mediaType: string | null;
  readonly others: readonly (readonly [name: string, value: string])[];
  /** Whether the others are as documented. */
  readonly isAsDocumented: boolean;
}

const mediaType = fc.oneof(
  { weight: 14, arbitrary: fc.constant('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        'application/json; charset=utf-8',
        'application/json;charset=latin1',
        'application/merge-patch+json',
      ],
      ...[
        'APPLICATION/JSON',
        'text/plain',
        'text/json',
        'application/x-www-form-urlencoded',
        '',
        'x',
        '/',
        '\u00e9/json',
      ],
      ...[
        'multipart/form-data; boundary=x',
        'application/json, text/plain',
        'application/problem+json; charset=utf-16',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

const latin = fc.string({
  unit: fc.constantFrom(...'aZ09 "\\,;=*/\u00e9\u00ff'),
  minLength: 1,
  maxLength: 12,
});
const tag = fc.oneof(
  { weight: 4, arbitrary: mark('etag').map((text) => `"${text}"`) },
  { weight: 2, arbitrary: fc.constantFrom('*', 'W/"a"', '"a", "b"', '"', '""', '') },
  { weight: 1, arbitrary: latin },
);

/** The same few keys come again, with the same body and with another. */
const key = fc.oneof(
  { weight: 4, arbitrary: fc.nat(40).map((index) => `key-${index}`) },
  { weight: 4, arbitrary: fc.uuid() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      'k'.repeat(255),
      'k'.repeat(256),
      'k'.repeat(4_000),
      '\u00e9',
      'a\tb',
    ),
  },
);

const eventNumber = fc.constantFrom('0', '1', '5', '-1', 'x', '', '1e3', '99999999999999999999', ' 1');

const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'Idempotency-Key': key,
  'If-Match': tag,
  'If-None-Match': tag,
  'Last-Event-ID': eventNumber,
};

/** What is sent with any request, whether or not it says anything to the operation. */
const anywhere: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(fc.constant('Accept'), fc.constantFrom('*/*', 'application/xml', '', 'text/event-stream', 'é')),
  fc.tuple(fc.constant('X-Request-Id'), fc.oneof(latin, fc.constantFrom('req-1', 'r'.repeat(129)))),
  fc.tuple(fc.constant('Accept-Encoding'), fc.constantFrom('gzip', 'br;q=x', 'identity;q=0')),
  fc.tuple(fc.constant('Authorization'), fc.constantFrom('Bearer x', 'Basic', '')),
  fc.tuple(fc.constant('X-HTTP-Method-Override'), fc.constantFrom('DELETE', 'x')),
  fc.tuple(fc.constant('Content-Encoding'), fc.constantFrom('gzip', 'x')),
);

/** Every second request has one of the documented headers, few have another. */
export function headersOf({ parameters }: Operation): fc.Arbitrary<SentHeaders> {
  const documented = parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name }) => fc.tuple(fc.constant(name), VALUES[name] ?? latin));
  const own = documented.length === 0 ? fc.constant(null) : fc.option(fc.oneof(...documented), { freq: 1 });
  const other = fc.option(anywhere, { freq: 1 }).chain((header) => fc.constantFrom(null, null, null, header));
  return fc.record({ mediaType, own, other }).map(({ mediaType: type, own: first, other: second }) => ({
    mediaType: type,
    others: [first, second].filter((header) => header !== null),
    isAsDocumented: first === null && second === null,
  }));
}
