import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { approval } from '../../support/engine-tasks.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine({ bendsRules: true, config: { role: 'api' } });

/** A gauge of the backlog; undefined: absent. */
async function shown(name: string): Promise<number | undefined> {
  const { body } = await engine.test.http('GET', '/metrics');
  const line = (body as string).split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
}

describe('the backlog', () => {
  it('counts what no process executes, and how long it has waited', async () => {
    const runId = await engine.start([approval('ask')]);
    await engine.start([approval('ask')]);
    await eventually(async () => (await shown('tandem_queued_runs')) === 2);
    expect(await shown('tandem_workers')).toBe(0);
    expect(await shown('tandem_overdue_wakes')).toBe(0);
    await engine.query(`update pgboss.job set start_after = now() - interval '100 seconds'
      where id = (select job_id from runs where id = '${runId}')`);
    await eventually(async () => ((await shown('tandem_oldest_due_run_seconds')) ?? 0) >= 100);
    expect(await shown('tandem_oldest_due_run_seconds')).toBeLessThan(130);
    // One has been executed before, and is to be gone on with.
    await engine.query(`update runs set status = 'waiting' where id = '${runId}'`);
    await eventually(async () => (await shown('tandem_overdue_wakes')) === 1);
    expect(await shown('tandem_queued_runs')).toBe(1);
    await engine.query(`update runs set status = 'queued' where id = '${runId}'`);
  });

  it('does not count what waits for a later time', async () => {
    await engine.query(`update pgboss.job set start_after = now() + interval '1 hour' where name = 'runs'`);
    await eventually(async () => (await shown('tandem_queued_runs')) === 0);
    expect(await shown('tandem_oldest_due_run_seconds')).toBe(0);
  });

  it('does not count jobs that are stale', async () => {
    await engine.query(`update pgboss.job set start_after = now() where name = 'runs'`);
    await eventually(async () => (await shown('tandem_queued_runs')) === 2);
    await engine.query('update runs set job_id = gen_random_uuid()');
    await eventually(async () => (await shown('tandem_queued_runs')) === 0);
  });
});
