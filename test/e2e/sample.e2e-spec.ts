import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeSample } from '../../src/extensions/sample/describe-sample.js';
import { SampleLoader } from '../../src/extensions/sample/sample-loader.service.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/spawned-tandem.js';

const SAMPLE_WORKFLOW = '01920000-0000-7000-8000-000000000002';
const POLICY = 'examples/licence-audit/policy.json';

const PACKAGES = {
  '': { name: 'project', license: 'MIT' },
  'node_modules/left': { version: '1.0.0', license: 'MIT' },
  'node_modules/right': { version: '2.0.0', license: 'ISC' },
  'node_modules/right/node_modules/left': { version: '1.1.0', license: 'MIT' },
};
const WITH_FINDINGS = {
  ...PACKAGES,
  'node_modules/free': { version: '3.0.0', license: 'GPL-3.0-only' },
  'node_modules/bare': { version: '0.1.0' },
};

describe('The sample', () => {
  let database: TestDatabase;
  let workspace: string;
  let apps: TestApp[];

  beforeEach(async () => {
    database = await createTestDatabase();
    workspace = mkdtempSync(join(tmpdir(), 'tandem-sample-'));
    mkdirSync(join(workspace, 'examples/licence-audit'), { recursive: true });
    cpSync(POLICY, join(workspace, POLICY));
    lock(WITH_FINDINGS);
    apps = [];
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
    rmSync(workspace, { recursive: true });
  });

  const lock = (packages: object): void =>
    writeFileSync(join(workspace, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  const start = async (): Promise<{ app: TestApp; sample: SampleLoader }> => {
    const app = await startTestApp({ config: { workspace }, database });
    apps.push(app);
    return { app, sample: app.app.get(SampleLoader) };
  };
  const load = async (sample: SampleLoader) => {
    const runId = await sample.begin();
    return runId === null ? null : sample.finish(runId);
  };
  const reportOf = (app: TestApp): string =>
    readFileSync(join(app.dataDirectory, 'files/licence-audit/report.md'), 'utf8');
  const runs = async (app: TestApp) =>
    (await app.http('GET', `/api/v1/runs?workflowId=${SAMPLE_WORKFLOW}`)).body.items;

  it('audits the lock file, approves as `sample` and writes a report', async () => {
    const { app, sample } = await start();
    const run = await load(sample);
    expect(run).toMatchObject({
      status: 'succeeded',
      output: {
        packages: 5,
        byLicence: [
          { licence: 'MIT', packages: 2 },
          { licence: 'GPL-3.0-only', packages: 1 },
          { licence: 'ISC', packages: 1 },
        ],
        flagged: [{ name: 'free', version: '3.0.0', why: 'GPL-3.0-only is copyleft (GPL-*)' }],
        missing: [{ name: 'bare', version: '0.1.0' }],
        approvedBy: 'sample',
        valid: true,
      },
    });
    const report = reportOf(app);
    expect(report).toContain('\n| MIT | 2 | 3 |\n| GPL-3.0-only | 1 | 1 |\n| ISC | 1 | 1 |\n');
    expect(report).toContain('| free | 3.0.0 | GPL-3.0-only | GPL-3.0-only is copyleft (GPL-*) |');
    expect(report).toContain('- bare 0.1.0');
    expect(report).toContain('Approved by sample');
    expect(run && describeSample(run, '/data/files').split('\n').slice(1, 5)).toEqual([
      '  Packages    5: 2 MIT, 1 GPL-3.0-only, 1 ISC',
      '  Flagged     free (GPL-3.0-only)',
      '  No licence  bare',
      '  Report      /data/files/licence-audit/report.md',
    ]);
  });

  it('asks nobody when nothing is found', async () => {
    lock(PACKAGES);
    const { app, sample } = await start();
    await expect(load(sample)).resolves.toMatchObject({
      status: 'succeeded',
      output: { flagged: [], missing: [], approvedBy: null },
    });
    expect(reportOf(app)).toContain('Nothing to decide');
  });

  it('says where to look when the audit fails', async () => {
    rmSync(join(workspace, 'package-lock.json'));
    const run = await load((await start()).sample);
    expect(run && describeSample(run, '/data/files')).toBe(
      `The sample run ended as failed (task_failed). GET /api/v1/runs/${run?.id}/tasks says why.`,
    );
  });

  it('is loaded once by processes that start together', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const ends = await Promise.all([load(one.sample), load(other.sample)]);
    expect(ends.some((run) => run?.status === 'succeeded')).toBe(true);
    expect(await runs(one.app)).toHaveLength(1);
    const agents = await one.app.http('GET', '/api/v1/agents');
    expect(agents.body.items).toMatchObject([{ name: 'sample-owner' }]);
  });

  it('is finished by the next process when the one that created it has gone', async () => {
    const first = await start();
    const runId = await first.sample.begin();
    await first.app.close();
    apps = [];
    const next = await start();
    expect(await next.sample.begin()).toBe(runId);
    await expect(next.sample.finish(runId as string)).resolves.toMatchObject({ status: 'succeeded' });
    expect(await next.sample.begin()).toBeNull();
    expect(await runs(next.app)).toHaveLength(1);
  });

  it('leaves a database alone that is in use', async () => {
    const { app, sample } = await start();
    await app.http('POST', '/api/v1/agents', { name: 'mine' });
    expect(await sample.begin()).toBeNull();
    expect((await app.http('GET', '/api/v1/workflows')).body.items).toEqual([]);
  });

  it('approves no run that somebody else has started', async () => {
    const { app, sample } = await start();
    await load(sample);
    const { body } = await app.http('POST', `/api/v1/workflows/${SAMPLE_WORKFLOW}/runs`, {});
    await until(
      async () => (await app.http('GET', `/api/v1/runs/${body.id}`)).body.status as string,
      (status) => status === 'waiting',
    );
    expect(await sample.begin()).toBeNull();
    await database.query(`delete from runs where id <> $1`, [body.id]);
    expect(await sample.begin()).toBeNull();
  });
});
