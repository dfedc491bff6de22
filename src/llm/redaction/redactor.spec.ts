import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '../../common/json.js';
import { RedactionError } from './domain/redaction-error.js';
import { Redactor } from './redactor.js';

const failure = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof RedactionError ? error.failure : 'another error';
  }
};

const nested = (depth: number): JsonValue => (depth === 0 ? 'x' : [nested(depth - 1)]);

describe('a redactor', () => {
  const redactor = new Redactor(['s3cr"et/key', '123456789', 'abc']);

  it('takes known secrets out of texts, names and numbers, wherever they are', () => {
    expect(
      redactor.secrets({
        a: ['is s3cr"et/key', { 's3cr"et/key': 1, 'x s3cr"et/key': 2 }],
        b: 123456789,
        c: 'abc',
        n: 12,
      }),
    ).toEqual({
      a: ['is [redacted]', { '[redacted]': 1, 'x [redacted]': 2 }],
      b: '[redacted]',
      c: 'abc',
      n: 12,
    });
  });

  it('takes them out of JSON in a text, URLs and base64', () => {
    expect(redactor.secretsInText(JSON.stringify({ a: 's3cr"et/key!' }))).toBe('{"a":"[redacted]!"}');
    expect(redactor.secretsInText(`?q=${encodeURIComponent('s3cr"et/key')}&p=1`)).toBe('?q=[redacted]&p=1');
    const encoded = Buffer.from('user:s3cr"et/key').toString('base64');
    expect(redactor.secretsInText(encoded)).toMatch(/^dXNlcj.{0,2}\[redacted\].{0,4}$/);
  });

  it('keeps both members whose names held a secret', () => {
    const both = { 's3cr"et/key': 1, '123456789': 2 };
    expect(redactor.secrets(both)).toEqual({ '[redacted]': 2, '[redacted] (2)': 1 });
  });

  it('takes out values of members whose name says secret, at any depth, and nothing that says nothing', () => {
    expect(
      redactor.secrets({
        config: [{ apiKey: 'x', headers: { Authorization: ['a', 'b'] } }],
        password: { hash: 'h' },
        pin_token: 42,
        token: null,
        secret: true,
        inputTokens: 7,
      }),
    ).toEqual({
      config: [{ apiKey: '[redacted]', headers: { Authorization: '[redacted]' } }],
      password: '[redacted]',
      pin_token: '[redacted]',
      token: null,
      secret: true,
      inputTokens: 7,
    });
  });

  it('leaves personal data unless that is asked for', () => {
    const text = 'ada@example.org has ghp_abcdefABCDEFabcdefABCDEF';
    expect(redactor.secretsInText(text)).toBe('ada@example.org has [redacted]');
    expect(redactor.personalInText(text)).toBe('[redacted] has [redacted]');
    expect(redactor.personal({ by: ['ada@example.org'], password: 'x' })).toEqual({
      by: ['[redacted]'],
      password: '[redacted]',
    });
  });

  it('reads the words of a name again without the secret that stood in it', () => {
    expect(redactor.secrets({ '123456789password': 'x' })).toEqual({ '[redacted]password': '[redacted]' });
    expect(new Redactor(['xyzxyz']).secrets({ xyzxyzpassword: 'x' })).toEqual({
      '[redacted]password': '[redacted]',
    });
  });

  it('makes an own member of the name __proto__', () => {
    const value = JSON.parse('{"__proto__":{"password":"x"}}') as JsonValue;
    expect(JSON.stringify(redactor.secrets(value))).toBe('{"__proto__":{"password":"[redacted]"}}');
  });

  it('refuses what it cannot redact, and says nothing of it', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const getter = {
      get a(): string {
        throw new Error('s3cr"et/key');
      },
    };
    expect(failure(() => redactor.secretsInText('x'.repeat(4 * 1024 * 1024)))).toBe('none');
    expect(failure(() => redactor.secretsInText('x'.repeat(4 * 1024 * 1024 + 1)))).toBe('too_large');
    expect(failure(() => redactor.secrets(['x'.repeat(2 ** 21), 'x'.repeat(2 ** 21)]))).toBe('too_large');
    expect(failure(() => redactor.secrets(nested(100)))).toBe('none');
    expect(failure(() => redactor.secrets(nested(101)))).toBe('too_deep');
    expect(failure(() => redactor.secrets(cycle as never))).toMatch('too_');
    expect(failure(() => redactor.secrets([new Date(0)] as never))).toBe('not_json');
    expect(failure(() => redactor.secrets([undefined] as never))).toBe('not_json');
    expect(failure(() => redactor.secrets(getter))).toBe('broken');
    expect(() => redactor.secrets(getter)).not.toThrow(/s3cr/);
  });

  it('refuses a text when the mark itself is a secret, instead of going on for ever', () => {
    const odd = new Redactor(['redacted']);
    expect(failure(() => odd.secretsInText('a redacted text'))).toBe('unending');
    expect(odd.secretsInText('any other text')).toBe('any other text');
  });

  it('takes out what the mark makes a secret together with its neighbours', () => {
    expect(new Redactor(['hunter22', ']xyzxyz']).secretsInText('hunter22xyzxyz')).not.toContain(']xyzxyz');
  });
});

const SECRETS = ['hunter2hunter2', 'k"e\\y-with escapes', 'ünïcode-ß€cret', 'ab+/==cd'];
const PIECES = [
  ...SECRETS,
  ...SECRETS.flatMap((secret) => [1, 2, 3].map((cut) => secret.slice(cut))),
  ...SECRETS.map((secret) => encodeURIComponent(secret)),
  ...SECRETS.map((secret) => Buffer.from(secret).toString('base64')),
  'sk-',
  'Bearer ',
  'password=',
  '"token":"',
  '://u:',
  '@',
  '@example.org',
  'eyJhbGci.',
  '+49 170 ',
  '4111 1111 1111 1111',
  '-----BEGIN PRIVATE KEY-----',
  '[redacted]',
  'AKIA',
  'DE89 3704 0044 0532 0130 00',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 })
  .map((pieces) => pieces.join(''));
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom<JsonValue>(null, true, 1.5, -0),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('apiKey', 'tokens', 'a')), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const textsOf = (value: JsonValue): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsOf(member as JsonValue)]);
};

describe('redaction of any value', () => {
  const redactor = new Redactor(SECRETS);

  it('is its own redaction', () => {
    fc.assert(
      fc.property(json, (value) => {
        const once = redactor.secrets(value);
        expect(redactor.secrets(once)).toEqual(once);
        const kept = redactor.personal(value);
        expect(redactor.personal(kept)).toEqual(kept);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no known secret, in any form', () => {
    fc.assert(
      fc.property(json, (value) => {
        const texts = textsOf(redactor.secrets(value));
        for (const secret of SECRETS) {
          const forms = [
            secret,
            encodeURIComponent(secret),
            Buffer.from(secret).toString('base64').slice(0, -4),
          ];
          for (const form of forms) expect(texts.filter((one) => one.includes(form))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('changes no text without a finding', () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 20 })
      .map((found) => found.join(' '));
    fc.assert(
      fc.property(words, fc.double({ min: -1e6, max: 1e6 }), fc.boolean(), (found, number, flag) => {
        expect(redactor.personalInText(found)).toBe(found);
        expect(redactor.personal({ texts: [found], number, flag, none: null })).toEqual({
          texts: [found],
          number,
          flag,
          none: null,
        });
      }),
    );
  });

  it('learns secrets nobody knew when it was made', () => {
    const learning = new Redactor(['first-secret']);
    learning.learn(['second-secret']);
    expect(learning.secretsInText('first-secret second-secret')).toBe('[redacted] [redacted]');
  });

  it('takes only what is known out of what others wrote', () => {
    const redactor = new Redactor(['first-secret']);
    const text = 'first-secret, password=hunter2hunter2, sk-abcdefghijklmnopqrstuvwxyz';
    expect(redactor.knownInText(text)).toBe(text.replace('first-secret', '[redacted]'));
  });
});
