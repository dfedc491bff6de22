import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const SOURCES = globSync('src/**/*.ts', { exclude: (name) => name.endsWith('.spec.ts') }).map((path) =>
  readFileSync(path, 'utf8'),
);

const matches = (pattern: RegExp): string[] =>
  SOURCES.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] as string));

/** Codes of problems as the sources write them down. */
function codesInSources(): ReadonlySet<string> {
  return new Set([
    ...matches(/new (?:ConflictError|InvalidInputError)\(\s*'([a-z_]+)'/g),
    ...matches(/kind: '[a-z_]+',\s*code: '([a-z_]+)'/g),
    ...matches(/malformed\(\s*'([a-z_]+)'/g),
    ...matches(/\b\d{3},\s*'([a-z_]+)',\s*'[A-Z]/g),
    ...matches(/(?:new NotFoundError|pathId)\(\s*'([a-z ]+)'/g).map(
      (what) => `${what.replaceAll(' ', '_')}_not_found`,
    ),
  ]);
}

describe('docs/errors.md', () => {
  const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| (?:\d{3}|key) +\|([^|]+)\|/gm);
  const documented = new Set(
    [...rows].flatMap(([, codes = '']) => [...codes.matchAll(/`([a-z_]+)`/g)].map((match) => match[1])),
  );
  const codes = codesInSources();

  it('is checked against the codes that exist', () => {
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'agent_in_use',
        'agent_not_found',
        'body_too_large',
        'draining',
        'malformed_json',
        'stale',
        'unstorable',
      ]),
    );
  });

  it('explains every code of a problem', () => {
    expect([...codes].filter((code) => !documented.has(code))).toEqual([]);
  });
});
