import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tandem-telemetry-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function loaded(...endpoint: string[]): Promise<string[]> {
  const program = ['--import', './scripts/ts-loader.mjs', 'test/support/loaded-telemetry.ts'];
  const given = [database.url, folder, ...endpoint];
  const { stdout } = await promisify(execFile)(process.execPath, [...program, ...given], { cwd: ROOT });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[];
}

describe('an application', () => {
  it('that is not traced loads nothing of OpenTelemetry but its API', async () => {
    expect(await loaded()).toEqual(['@opentelemetry/api']);
  });

  it('that is traced loads the SDK', async () => {
    expect(await loaded('http://127.0.0.1:9')).toContain('@opentelemetry/sdk-trace');
  });
});
