import { describe, expect, it } from '@jest/globals';
import { disproportionate } from '../../../../test/support/linear-time.js';
import { SECRET_PATTERNS } from './secret-patterns.js';
import { untilClean } from './until-clean.js';

const clean = untilClean(Object.values(SECRET_PATTERNS));
const letters = (count: number) => 'aB3dE5gH7jK9'.repeat(20).slice(0, count);
// Put together here so that no scanner takes them for real ones.
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'sIgn-ature_9'].join('.');
const pem = (end: string) => `-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n${end}`;

describe('what looks like a secret', () => {
  it.each([
    [`key sk-${letters(48)}.`, 'key [redacted].'],
    [`(sk-ant-api03-${letters(40)}-AA)`, '([redacted])'],
    [`sk-proj-${letters(30)}_${letters(30)}`, '[redacted]'],
    [`rk_live_${letters(24)}`, '[redacted]'],
    [`AIza${letters(35)}`, '[redacted]'],
    [`ghp_${letters(36)}`, '[redacted]'],
    [`github_pat_${letters(22)}_${letters(40)}`, '[redacted]'],
    [`glpat-${letters(20)}`, '[redacted]'],
    [`xoxb-1234567890-${letters(24)}`, '[redacted]'],
    [`"AKIA${'ABCDEFGH12345678'}"`, '"[redacted]"'],
    [`tdm_0f3a9c_${letters(32)}`, '[redacted]'],
    [`whsec_${letters(32)}`, '[redacted]'],
    [`got ${jwt}, expected`, 'got [redacted], expected'],
    [`a\n${pem('-----END RSA PRIVATE KEY-----')}\nb`, 'a\n[redacted]\nb'],
    [`cut off: ${pem('AAAA')}`, 'cut off: [redacted]'],
    [`with Bearer ${letters(12)} sent`, 'with Bearer [redacted] sent'],
    ['authorization: basic dXNlcjpwYXNz1', 'authorization: [redacted]'],
    ['postgres://tandem:hunter2@db:5432/x', 'postgres://tandem:[redacted]@db:5432/x'],
    ['redis://:hunter2@cache', 'redis://:[redacted]@cache'],
    ['amqp://u:p@ss:w@host/v', 'amqp://u:[redacted]@host/v'],
    ['GET /?api_key=abc123&page=2', 'GET /?api_key=[redacted]&page=2'],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted] psql'],
    ['--password="two words" -v', '--password=[redacted] -v'],
    ['Password: hunter2, user: ada', 'Password: [redacted], user: ada'],
    ['password:hunter2', 'password:[redacted]'],
    ['API key: abc-123', 'API key: [redacted]'],
    ['  api_key : "a b c"\n', '  api_key : [redacted]\n'],
    ['Passwort = geheim', 'Passwort = [redacted]'],
    ['accessToken=abc;', 'accessToken=[redacted];'],
    ['body {"user":"u","password":"a\\"b","n":1}', 'body {"user":"u","password":"[redacted]","n":1}'],
    ['body {"client_secret" : "cut o', 'body {"client_secret" : "[redacted]'],
    [JSON.stringify(JSON.stringify({ apiKey: 'x y', n: 1 })), '"{\\"apiKey\\":\\"[redacted]\\",\\"n\\":1}"'],
    ['Cookie: sid=1; theme=dark\nAccept: */*', 'Cookie: [redacted]\nAccept: */*'],
  ])('%j becomes %j', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it.each([
    'the risk-based-assessment-of-2026-projects',
    'class="sk-button-primary-large-rounded"',
    'bearer authentication is required',
    'The password must have 12 characters.',
    'token: a unit of text; tokens=12',
    'Forgotten password:\nask for another one',
    'password: { "type": "string" }',
    'http://localhost:3000/path?mail=a@example.org',
    'git@github.com:owner/repository.git',
    'AKIA is how they start',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
    '{"inputTokens":"12","tokenizer":"o200k"}',
    '{"password":""}',
    '0190163d-8694-739b-aea5-966c26f8ad91',
    'eyJ is how base64 of JSON starts',
    '[redacted]',
    '',
  ])('%j stays', (text) => {
    expect(clean(text)).toBe(text);
  });
});

/** Starts of a match and stretches that never become one, over and over: what makes a careless pattern quadratic. */
const HOSTILE: readonly string[] = [
  'a',
  ' ',
  '"',
  '\\',
  '\\"',
  '-',
  'A1',
  'eyJ',
  'eyJaaaaaa.',
  'eyJaaaaaa.eyJ',
  'sk-',
  '-sk-a',
  '_sk-aaaaaaaaaaaaaaaa',
  'AIza',
  'ghp_',
  'github_pat_',
  'xoxb-',
  'AKIA',
  'tdm_',
  'tdm_a-',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----END ',
  'Bearer ',
  'basic a',
  '://',
  '://a:',
  '://a:b',
  'a:b@',
  'password=',
  'password: ',
  'api key :"',
  'password',
  'token="',
  '"password":"',
  '"a_password": "\\',
  '\\"token\\":\\"',
  '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'cookie:',
  '\ncookie: ',
  '> ',
];

describe.each(Object.entries(SECRET_PATTERNS))('the pattern %s', (_, rule) => {
  it('takes time in proportion to 256 kB of the worst text', () => {
    expect(disproportionate(rule, HOSTILE)).toEqual([]);
  });
});
