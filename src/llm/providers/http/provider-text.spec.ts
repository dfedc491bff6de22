import { describe, expect, it } from '@jest/globals';
import { cleanText, readProviderText } from './provider-text.js';

describe('readProviderText', () => {
  it.each([
    ['the parsed error', { message: '400 Bad.', error: { message: 'Bad.' } }],
    ['the parsed body', { message: '400 {…}', error: { type: 'error', error: { message: 'Bad.' } } }],
    ['the body as the message', { message: '{"error":{"code":400,"message":"Bad."}}' }],
    ['a status before the body', { message: '400 {"error":{"message":"Bad."}}' }],
    ['the message alone', { message: 'Bad.' }],
    ['a thrown text', 'Bad.'],
  ])('finds it in %s', (_, thrown) => {
    expect(readProviderText(thrown, [])).toBe('Bad.');
  });

  it.each([undefined, null, 7, {}, { message: 7 }, { error: null }])('has nothing to say of %j', (thrown) => {
    expect(readProviderText(thrown, [])).toBe('');
  });
});

describe('cleanText', () => {
  it('takes secrets out before it cuts, so that none is left in part', () => {
    const text = cleanText(`${'x'.repeat(290)}my-secret-key`, ['my-secret-key']);
    expect(text).toBe(`${'x'.repeat(290)}[secret]`);
  });

  it('keeps 300 characters', () => {
    expect(cleanText('x'.repeat(300), [])).toBe('x'.repeat(300));
    expect(cleanText('x'.repeat(301), [])).toBe(`${'x'.repeat(299)}…`);
  });

  it('makes one line of many and no half characters', () => {
    expect(cleanText(' a\n\n b\t', [])).toBe('a b');
    expect(cleanText('🎉'.repeat(200), []).isWellFormed()).toBe(true);
  });
});
