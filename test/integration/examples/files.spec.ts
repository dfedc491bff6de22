import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readTrace } from '../../../examples/trace-analysis/read-trace.ts';
import { describeWrittenFile } from '../../../scripts/lib/written-file.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'tandem-example-'));
const TRACE = { name: 'one', tasks: [{ id: 'a', runtimeSeconds: 1, parents: [] }] };

beforeAll(() => {
  mkdirSync(join(FOLDER, 'files/audit'), { recursive: true });
  writeFileSync(join(FOLDER, 'files/audit/report.md'), '# Report');
  writeFileSync(join(FOLDER, 'trace.json'), JSON.stringify(TRACE));
  writeFileSync(join(FOLDER, 'other.json'), '{ "name": "x" }');
});
afterAll(() => rmSync(FOLDER, { recursive: true }));

describe('the place of a file that a task has written', () => {
  const place = (text: string, folder = FOLDER) =>
    describeWrittenFile({ path: 'audit/report.md', text }, folder);

  it('is its real path', () => {
    expect(place('# Report')).toBe(join(FOLDER, 'files/audit/report.md'));
  });

  it('is not another file, nor one that is not there', () => {
    const below = 'files/audit/report.md in the data folder of that Tandem';
    expect(place('# Another report')).toBe(below);
    expect(place('# Report', join(FOLDER, 'nowhere'))).toBe(below);
  });
});

describe('a trace is read from a file', () => {
  it('that holds one', () => {
    expect(readTrace(join(FOLDER, 'trace.json'))).toEqual({ trace: TRACE });
  });

  it.each([
    ['nope.json', /^There is no file .*nope\.json\.$/],
    ['trace.json/below', /^There is no file .*below\.$/],
    ['files', /^That is a folder, not a file: .*files\.$/],
    ['files/audit/report.md', /report\.md is no trace, since it is not JSON: /],
    ['other.json', /^.*other\.json is no trace:\n/],
  ])('else a sentence says why %s is none', (name, sentence) => {
    const read = readTrace(join(FOLDER, name));
    expect('usageError' in read && read.usageError).toMatch(sentence);
  });
});
