import fc from 'fast-check';
import type { Operation } from './api-document.js';
import { mutate, mutation, nested } from './mutations.js';
import type { SchemaValues } from './schema-values.js';

export interface Body {
  /** As it is sent; null: none. */
  readonly content: string | Uint8Array | null;
  readonly isAsDocumented: boolean;
}

const broken = (content: string | Uint8Array): Body => ({ content, isAsDocumented: false });

/** What is no JSON at all, or none that anybody wants. */
const strangeText: fc.Arbitrary<Body> = fc
  .constantFrom<string | Uint8Array>(
    ...[
      '',
      ' ',
      '{',
      '}',
      'null',
      'true',
      '0',
      '"text"',
      '[]',
      '[{}]',
      'NaN',
      '-',
      "{'a':1}",
      '{"a":1,}',
      '{"a":1}{"a":2}',
    ],
    ...[
      '\ufeff{}',
      '{"a":1e999}',
      '{"a":01}',
      '{"\\u005f_proto__":{"a":1}}',
      '{"__proto__":1}',
      '{"a":"\\ud800"}',
      '{"a":"\n"}',
    ],
    ...[
      '{"constructor":{"prototype":{"a":1}}}',
      'name=a&b=c',
      '<a/>',
      '{"a":1,"a":2}',
      '{"toString":1,"valueOf":null}',
    ],
    ...[new Uint8Array([0x7b, 0xff, 0x7d]), new Uint8Array([0]), new Uint8Array([0x1f, 0x8b, 8, 0])],
    ...[
      '['.repeat(20_000),
      '{"a":'.repeat(5_000),
      JSON.stringify(nested(500, true)),
      `"${'x'.repeat(100_000)}"`,
    ],
  )
  .map(broken);

/** Text that was valid, cut, or with a character changed. */
const spoilt = (valid: fc.Arbitrary<string>): fc.Arbitrary<Body> =>
  fc
    .tuple(
      valid,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('', '\u0000', '"', '}', ',', '\\', '9e999'),
    )
    .map(([text, share, put]) => {
      const at = Math.floor(share * text.length);
      return broken(put === '' ? text.slice(0, at) : text.slice(0, at) + put + text.slice(at + 1));
    });

/** Bodies for an operation; where none is taken, mostly none. */
export function bodyOf({ body }: Operation, values: SchemaValues): fc.Arbitrary<Body> {
  const none: Body = { content: null, isAsDocumented: body?.isRequired !== true };
  if (body === null)
    return fc.oneof({ weight: 12, arbitrary: fc.constant(none) }, { weight: 1, arbitrary: strangeText });
  const value = values.of(body.schema);
  const valid = value.map((made): Body => ({ content: JSON.stringify(made), isAsDocumented: true }));
  const mutated = fc
    .tuple(value, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([made, mutations]) => broken(JSON.stringify(mutations.reduce(mutate, made))));
  return fc.oneof(
    { weight: 10, arbitrary: valid },
    { weight: 6, arbitrary: mutated },
    { weight: 1, arbitrary: spoilt(value.map((made) => JSON.stringify(made))) },
    { weight: 1, arbitrary: strangeText },
    { weight: 1, arbitrary: fc.constant(none) },
  );
}
