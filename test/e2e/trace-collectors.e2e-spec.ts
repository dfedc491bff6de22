import { afterEach, describe, expect, it } from '@jest/globals';
import { type Behaviour, Collector } from '../support/collector.js';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';
import { CapturedLog } from '../support/leaks.js';

/** Closed after the test, the last first. */
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function withCollector(behaviour: Behaviour, changes: Parameters<Collector['settings']>[0] = {}) {
  const collector = await Collector.start(behaviour);
  opened.push(() => collector.stop());
  const log = new CapturedLog();
  const tracing = collector.settings({ timeoutMs: 5_000, ...changes });
  const engine = await EngineTest.start({ config: { tracing }, logger: log });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= engine.close());
  opened.push(close);
  const warnings = () => log.lines.filter(({ text }) => text.includes('Traces do not arrive'));
  return { collector, engine, warnings, close };
}

const batch = { delayMs: 1, exportTimeoutMs: 5_000, maxQueueSize: 50, maxBatchSize: 5 };
const many = Array.from({ length: 100 }, (_, index) => ({ taskId: `t${index}`, taskType: 'test.noop' }));

describe('a collector', () => {
  it('that refuses everything is told of once, and runs go on', async () => {
    const { collector, engine, warnings } = await withCollector('refuses', { batch });
    for (let run = 0; run < 3; run += 1) expect((await engine.run(many)).status).toBe('succeeded');
    await eventually(() => collector.requests > 3);
    await eventually(() => warnings().length > 0);
    await engine.run(many);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatchObject({
      where: 'log warn',
      text: expect.stringContaining('500 Internal Server Error'),
    });
  });

  it('that hangs delays nothing but the stop, and that by three seconds at most', async () => {
    const { collector, engine, close } = await withCollector('hangs', { batch });
    for (let run = 0; run < 3; run += 1) expect((await engine.run(many)).status).toBe('succeeded');
    await eventually(() => collector.requests > 0);
    const startedAt = performance.now();
    await close();
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(2_900);
    expect(tookMs).toBeLessThan(5_000);
    // One batch at a time while it ran, and those of the queue at the end; what did not fit was dropped.
    expect(collector.requests).toBeLessThanOrEqual(1 + batch.maxQueueSize / batch.maxBatchSize);
  });

  it('that is not there is told of with the reason', async () => {
    const gone = { url: 'http://127.0.0.1:9/v1/traces', timeoutMs: 200 };
    const { engine, warnings } = await withCollector('takes', gone);
    expect((await engine.run(many)).status).toBe('succeeded');
    await eventually(() => warnings().length > 0);
    expect(warnings()[0]?.text).toContain('ECONNREFUSED');
  });

  it('gets what is left at the stop, with its headers', async () => {
    const slow = { ...batch, delayMs: 60_000, maxQueueSize: 2_000, maxBatchSize: 2_000 };
    const headers = { authorization: 'Bearer abc' };
    const { collector, engine, close } = await withCollector('takes', { batch: slow, headers });
    const { id } = await engine.run(many);
    expect(collector.requests).toBe(0);
    await close();
    const spans = collector.spans.filter(({ traceId }) => traceId === (id as string).replaceAll('-', ''));
    // The whole run, its start, its stay, its agent, its tasks.
    expect(spans).toHaveLength(104);
    expect(collector.headers[0]).toMatchObject({ authorization: 'Bearer abc' });
  });

  it('gets the runs that are sampled, by their ids, whole or not at all', async () => {
    const sampler = { name: 'parentbased_traceidratio', ratio: 0.5 } as const;
    const { collector, engine, close } = await withCollector('takes', { sampler });
    const workflowId = await engine.workflow([{ taskId: 'a', taskType: 'test.noop' }]);
    const ids: string[] = [];
    for (let run = 0; run < 40; run += 1) ids.push(await engine.startWorkflow(workflowId));
    for (const id of ids) await engine.ended(id);
    await close();
    const counts = ids.map(
      (id) => collector.spans.filter(({ traceId }) => traceId === id.replaceAll('-', '')).length,
    );
    expect([...new Set(counts)].sort()).toEqual([0, 5]);
  });
});
