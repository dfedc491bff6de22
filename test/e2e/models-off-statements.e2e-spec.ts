import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { EngineTest } from '../support/engine-test.js';
import { after, approval } from '../support/engine-tasks.js';
import { type StatementCounts, StatementRecorder } from '../support/statement-recorder.js';

/** What is done by the clock is done at the start too, or within this time. */
const IDLE_MS = 1_500;
/** Whoever shows a run or a task shows what it cost, and the limit of its budget; the engine reads neither. */
const COST = /^select (run_id|task_id) as id, sum\(cost_nano\)/;
const LIMIT = /^select scope, limit_nano/;
/** Looks for signals of the runs that are owned, if any are when the clock strikes. */
const LOOK = /^select r\.id as run_id, r\.epoch, s\.sequence/;
/** What plans teach the rules is looked for by the clock, models or not. */
const LEARNING = /\bplan_memory\b/;
/** Every table the module has. */
const MODELS = /\b(llm_interactions|llm_cache\w*|llm_answers|budgets|workflow_plans)\b/;
const TIMES = 3;

const noop = (taskId: string) => after(taskId);
const failing = (taskId: string, parameters: object, more: object = {}) => ({
  ...{ taskId, taskType: 'test.fail', parameters, ...more },
});

async function status(engine: EngineTest, runId: string, wanted: string): Promise<void> {
  for (;;) {
    const [run] = await engine.query<{ status: string }>('select status from runs where id = $1', [runId]);
    if (run?.status === wanted) break;
    await sleep(10);
  }
  // The engine has yet to let go of it.
  await sleep(50);
}

/** What is looked for every few seconds, by what expired: nothing a run causes. */
const UPKEEP = /expires_at < now\(\)/;

/** Steps, an alternative, a failure: one thing after the other, so that nothing meets by chance. */
async function playSteps(engine: EngineTest): Promise<void> {
  const alternatives = [{ taskType: 'test.noop', parameters: {} }];
  for (let time = 0; time < TIMES; time += 1) {
    await status(engine, await engine.start([noop('a'), after('b', 'a'), after('c', 'b')]), 'succeeded');
    const other = failing('other', { retryable: false }, { alternatives });
    await status(engine, await engine.start([other]), 'succeeded');
    const never = failing('never', { retryable: false });
    await status(engine, await engine.start([never, after('skipped', 'never')]), 'failed');
  }
}

/** A retry, a child, a person, a cancellation: what wakes a run meets what it does, now so, now so. */
async function playMeetings(engine: EngineTest): Promise<void> {
  const child = await engine.workflow([noop('inner')]);
  const retry = { maxAttempts: 2, initialDelaySeconds: 0.05 };
  await status(engine, await engine.start([failing('again', { times: 1 }, { retry })]), 'succeeded');
  const call = { taskId: 'call', taskType: 'workflow.run', parameters: { workflowId: child } };
  await status(engine, await engine.start([call, after('z', 'call')]), 'succeeded');
  const asked = await engine.start([approval('ask'), after('done', 'ask')]);
  await engine.post(`/tasks/${await engine.asked(asked)}/approve`, { by: 'ada' });
  await status(engine, asked, 'succeeded');
  const dropped = await engine.start([approval('ask')]);
  await engine.asked(dropped);
  await engine.post(`/runs/${dropped}/cancel`);
  await status(engine, dropped, 'cancelled');
}

async function recorded(withModels: boolean) {
  const recorder = await StatementRecorder.start();
  let engine: EngineTest | undefined;
  try {
    const byClock = await recorder.during(async () => {
      engine = await EngineTest.start({ withModels });
      await sleep(IDLE_MS);
    });
    if (engine === undefined) throw new Error('There is no engine.');
    const started: EngineTest = engine;
    const steps = await recorder.during(() => playSteps(started));
    const meetings = await recorder.during(() => playMeetings(started));
    return { byClock, steps, meetings };
  } finally {
    recorder.stop();
    await engine?.close();
  }
}

const without = (counts: StatementCounts, isLeftOut: (text: string) => boolean): StatementCounts =>
  Object.fromEntries(Object.entries(counts).filter(([text]) => !isLeftOut(text)));
const sum = (counts: StatementCounts): number => Object.values(counts).reduce((all, count) => all + count, 0);

it('without a provider the engine sends exactly what it sends without the module of models', async () => {
  const base = await recorded(false);
  const off = await recorded(true);
  // How often the clock strikes differs.
  const byClock = (text: string) =>
    LOOK.test(text) || UPKEEP.test(text) || text in base.byClock || text in off.byClock;
  const steps = without(base.steps, byClock);
  expect(without(off.steps, (text) => byClock(text) || COST.test(text))).toEqual(steps);
  expect(sum(steps)).toBeGreaterThan(60);
  // Of each of the three runs, once: the answer to its start.
  expect(sum(without(off.steps, (text) => !COST.test(text)))).toBe(3 * TIMES);
  // What meets by chance may send a hint or two more, but nothing that reads or writes what models have.
  const ofModels = Object.keys({ ...off.byClock, ...off.meetings }).filter((text) => MODELS.test(text));
  expect(
    ofModels.filter(
      (text) => !COST.test(text) && !LIMIT.test(text) && !LEARNING.test(text) && !UPKEEP.test(text),
    ),
  ).toEqual([]);
}, 60_000);
