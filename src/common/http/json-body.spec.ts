import { describe, expect, it } from '@jest/globals';
import { TandemError } from '../tandem-error.js';
import { parseJsonBody } from './json-body.js';

const nested = (depth: number): Buffer => Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);

function problemOf(bytes: Buffer): readonly [code: string, pointer: string | undefined] {
  try {
    parseJsonBody(bytes);
  } catch (error) {
    if (error instanceof TandemError) return [error.code, error.issues[0]?.pointer];
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseJsonBody', () => {
  it('reads JSON of any kind', () => {
    expect(parseJsonBody(Buffer.from('{"a":[1,"\u{1F600}",null]}'))).toEqual({ a: [1, '\u{1F600}', null] });
    expect(parseJsonBody(Buffer.from(' 3 '))).toBe(3);
  });

  it('has no value for an empty body', () => {
    expect(parseJsonBody(Buffer.alloc(0))).toBeUndefined();
  });

  it('points into what is nested too deep', () => {
    expect(problemOf(nested(150))).toEqual(['unstorable', '/a/0/0']);
  });

  it('does not even parse what is nested much too deep, whole or broken', () => {
    expect(problemOf(nested(2_000))).toEqual(['unstorable', '']);
    expect(problemOf(Buffer.from('['.repeat(2_000)))).toEqual(['unstorable', '']);
  });

  it('counts no brackets in text, after escaped quotes neither', () => {
    const text = JSON.stringify({ a: `"\\${'['.repeat(5_000)}` });
    expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it('counts brackets that close: a long list of lists is not deep', () => {
    expect(parseJsonBody(Buffer.from(`[${'[],'.repeat(5_000)}[]]`))).toHaveLength(5_001);
  });

  it.each(['1e999', '-1E+400', '1'.repeat(400), `${'9'.repeat(300)}e20`])(
    'refuses the number %s',
    (number) => {
      expect(problemOf(Buffer.from(`{"a":[${number}]}`))).toEqual(['unstorable', '/a/0']);
    },
  );

  it.each(['1e308', '1e-400', '1'.repeat(300)])('accepts the number %s', (number) => {
    expect(parseJsonBody(Buffer.from(`[${number}]`))).toEqual([Number(number)]);
  });

  it('says where a key would change a prototype', () => {
    expect(problemOf(Buffer.from('{"a":[{"__proto__":1}]}'))).toEqual(['forbidden_key', '/a/0/__proto__']);
    expect(problemOf(Buffer.from('{"constructor":{"prototype":{}}}'))).toEqual([
      'forbidden_key',
      '/constructor',
    ]);
  });
});
