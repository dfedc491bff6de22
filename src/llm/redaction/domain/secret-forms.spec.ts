import { describe, expect, it } from '@jest/globals';
import { formsOfSecret, formsOfSecrets } from './secret-forms.js';

describe('the forms of a secret', () => {
  const secret = 'pä"ss/w+rd';
  const forms = formsOfSecret(secret);
  const shows = (text: string) => forms.some((form) => text.includes(form));

  it.each([
    ['as it is', `x${secret}y`],
    ['in JSON', JSON.stringify({ a: `x${secret}y` })],
    ['in a URL', `https://host/?key=${encodeURIComponent(secret)}`],
    ['in a URL, in lower case', `https://host/?key=p%c3%a4%22ss%2fw%2brd`],
    ['in a path that was encoded as a whole', encodeURI(`https://host/${secret}`)],
    ['in a form', new URLSearchParams({ key: secret }).toString()],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for URLs', Buffer.from(secret).toString('base64url')],
    ['in base64 after one byte', Buffer.from(`u${secret}`).toString('base64')],
    ['in base64 after a user name of two', Buffer.from(`me${secret}`).toString('base64')],
    [
      'in base64 among others',
      Buffer.from(`{"a":1,"key":${JSON.stringify('§')},"x":"${secret}"}`).toString('base64'),
    ],
  ])('are found %s', (_, text) => {
    expect(shows(text)).toBe(true);
  });

  it('are not found where it is not', () => {
    expect(shows('pä"ss/w+r')).toBe(false);
    expect(shows(Buffer.from('another secret').toString('base64'))).toBe(false);
  });

  it('are none for what is too short to be one', () => {
    expect(formsOfSecrets(['', 'abc', '12345', '  12345  '])).toEqual([]);
  });

  it('come longest first', () => {
    const lengths = formsOfSecrets(['secret', 'a longer secret']).map((form) => form.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
  });
});
