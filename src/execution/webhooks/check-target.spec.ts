import { describe, expect, it } from '@jest/globals';
import { TandemError } from '../../common/tandem-error.js';
import { checkTarget } from './check-target.js';

const ALLOWED = { names: new Set(['127.0.0.1:9000', 'intranet.local', '10.0.0.7']) };

function refusal(url: string): string | null {
  try {
    checkTarget(url, ALLOWED);
    return null;
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    expect([error.kind, error.issues[0]?.pointer, error.issues[0]?.code]).toEqual([
      'invalid',
      '/url',
      error.code,
    ]);
    return error.code;
  }
}

describe('checkTarget', () => {
  it.each([
    'https://example.com/hook?a=1',
    'http://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
    'http://127.0.0.1:9000/hook',
    'https://10.0.0.7/hook',
    'http://intranet.local/',
    // A name is judged when it is connected to.
    'http://localhost/',
  ])('lets %s pass', (url) => {
    expect(refusal(url)).toBeNull();
  });

  it.each([
    'example.com',
    '/hook',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://u:p@example.com/',
    'http://',
    ' https://example.com/',
    'https://example.com/ ',
    'https://example.com/\u00a0',
    'https://example.com/\r\nX: y',
    'https://exam\tple.com/',
    'https://example.com/\u007f',
  ])('refuses %s as no URL to send to', (url) => {
    expect(refusal(url)).toBe('invalid_url');
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.0.0.1:9001/',
    'http://2130706433/',
    'http://10.1.2.3/',
    'http://169.254.169.254/latest',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
  ])('refuses %s as private', (url) => {
    expect(refusal(url)).toBe('address_refused');
  });
});
