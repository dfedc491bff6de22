import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { curlLine } from './curl-line.js';

/** What a shell would hand to curl, and what would stand before it in the pipe. */
function inShell(line: string): readonly string[] {
  const said = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${line}`], { encoding: 'utf8' });
  return said.split('\0').slice(0, -1);
}
const BASE = 'http://127.0.0.1:1';

describe('curlLine', () => {
  it('names method, address, headers and body as they were', () => {
    const line = curlLine(BASE, {
      method: 'POST',
      target: "/a%00?b='$(x)",
      headers: [
        ['Content-Type', 'application/json'],
        ['If-Match', ''],
      ],
      body: `{"a":"it's"}`,
    });
    const parts = inShell(line);
    expect(parts.slice(0, 4)).toEqual(['-si', '--max-time', '20', '--path-as-is']);
    expect(parts.slice(4)).toEqual([
      ...['-g', '-X', 'POST', '-H', 'Content-Type: application/json', '-H', 'If-Match;'],
      ...['--data-binary', `{"a":"it's"}`, `${BASE}/a%00?b='$(x)`],
    ]);
  });

  it('takes away the type that curl would give', () => {
    const line = curlLine(BASE, { method: 'PUT', target: '/', headers: [], body: '1' });
    expect(inShell(line)).toEqual(expect.arrayContaining(['-H', 'Content-Type:']));
  });

  it('sends bytes that a shell would change through base64', () => {
    const body = new Uint8Array([0, 255, 10]);
    const line = curlLine(BASE, { method: 'PUT', target: '/', headers: [], body });
    const [before = ''] = line.split(' | curl');
    expect([...execFileSync('bash', ['-c', before])]).toEqual([0, 255, 10]);
    expect(inShell(line)).toContain('@-');
  });

  it('says nothing of a body where there was none', () => {
    expect(curlLine(BASE, { method: 'GET', target: '/x', headers: [], body: null })).not.toMatch(/data|Type/);
  });
});
