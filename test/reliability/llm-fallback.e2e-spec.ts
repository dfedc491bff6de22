import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Upkeep } from '../../src/llm/upkeep.service.js';
import { status } from '../support/llm/answers.js';
import {
  type Asker,
  type BookedRow,
  type Ended,
  FailingWorld,
  TIMEOUT_MS,
} from '../support/llm/failing-world.js';
import { GOOD_ANSWER, USELESS_ANSWERS, WAYS_TO_FAIL, type WayToFail } from '../support/llm/ways-to-fail.js';
import { fullOr } from './full.js';

/** In full 12 × 4 × 20 calls and 2 × 2 × 10 more are 1,000; each wave asks every model at most six times. */
const ASKERS = fullOr({ full: 10, usual: 4 });
const WAVES = fullOr({ full: 4, usual: 1 });
const USELESS_WAVES = fullOr({ full: 2, usual: 1 });
const USELESS_ASKERS = fullOr({ full: 10, usual: 2 });
const GRACE_MS = 1_000;
/** 11 tokens in and 7 out. */
const isPriced = ({ cost, bound }: BookedRow): boolean => cost > 0n && cost < bound;

let world: FailingWorld;
let askers: readonly Asker[];
const calls: Ended[] = [];

beforeAll(async () => {
  world = await FailingWorld.start();
  askers = await world.askers(ASKERS);
  // The SDKs are loaded by the first calls; no deadline of a test pays for it.
  await warmUp();
});
afterAll(() => world.close());

/** A first call that loads an SDK may well take longer than the short deadline of this test. */
async function warmUp(): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      return await world.heal(askers);
    } catch {
      // Again, now that they are loaded.
    }
  }
  await world.heal(askers);
}

async function wave(way: WayToFail, asking: () => Promise<Ended>[]): Promise<void> {
  await world.heal(askers);
  world.server.answer(way.answer);
  const ended = await Promise.all(asking());
  calls.push(...ended);
  const booked = await world.bookedFor(ended);
  for (const call of ended) check(way, call, booked.get(call.taskId) ?? []);
}

const CODES: Readonly<Record<string, string>> = {
  model_failed: 'model_failed',
  timeout: 'model_timeout',
  refused: 'model_refused',
  invalid_answer: 'model_invalid_answer',
};

/** All that a call promises, at the wire, to its caller and in the books. */
function check(way: WayToFail, call: Ended, booked: readonly BookedRow[]): void {
  const requests = world.requestsOf(call);
  const asked = new Set(requests.map(({ path }) => path));
  const facts = { way: way.name, detail: call.detail, elapsedMs: call.elapsedMs };
  expect({ ...facts, source: call.source }).toMatchObject({
    source: call.how === 'function' ? 'twin' : 'nobody',
  });
  expect(call.value).toEqual(
    call.how === 'function' ? { word: `twin of ${call.topic}` } : { effect: 'none' },
  );
  const reasons = call.how === 'function' ? way.reasons : way.reasons.map((reason) => CODES[reason]);
  expect(reasons).toContain(call.reason);
  expect(call.elapsedMs).toBeLessThanOrEqual(TIMEOUT_MS + GRACE_MS);
  const [fewest, most] = way.requests;
  expect(requests.length).toBeGreaterThanOrEqual(fewest);
  expect(requests.length).toBeLessThanOrEqual(most);
  expect(asked.size).toBeGreaterThanOrEqual(way.models);
  checkBooks(way, call, booked, requests.length);
}

/** One row an attempt, in the order of the chain, all settled, and the caller is told what they cost together. */
function checkBooks(way: WayToFail, call: Ended, booked: readonly BookedRow[], sent: number): void {
  const reached = booked.filter(({ outcome }) => outcome === way.outcome);
  expect(booked.map(({ attempt }) => attempt)).toEqual(booked.map((_, index) => index + 1));
  expect(new Set(booked.map(({ call_id }) => call_id)).size).toBe(1);
  expect([...new Set(booked.map(({ name }) => name))]).toEqual(
    call.asker.models.slice(0, new Set(booked.map(({ name }) => name)).size),
  );
  // The deadline may end the last one before or while it is asked.
  expect(booked.length - reached.length).toBeLessThanOrEqual(way.reasons.includes('timeout') ? 1 : 0);
  expect(reached.length).toBeLessThanOrEqual(sent);
  expect(sent).toBeLessThanOrEqual(booked.length);
  for (const row of reached) {
    if (way.cost === 'none') expect(row.cost).toBe(0n);
    if (way.cost === 'bound') expect(row.cost).toBe(row.bound);
    if (way.cost === 'priced') expect(isPriced(row)).toBe(true);
  }
  if (call.cost !== null) expect(call.cost).toBe(booked.reduce((sum, { cost }) => sum + cost, 0n));
}

describe('every provider fails', () => {
  it.each(WAYS_TO_FAIL)('with $name: the twin answers, or a typed error does', async (way) => {
    for (let count = 0; count < WAVES; count += 1)
      await wave(way, () => askers.flatMap((asker) => [world.callFunction(asker), world.callTask(asker)]));
  });

  it.each(USELESS_ANSWERS)('with $name: the twin answers', async (way) => {
    for (let count = 0; count < USELESS_WAVES; count += 1)
      await wave(way, () => askers.slice(0, USELESS_ASKERS).map((asker) => world.callFunction(asker)));
  });

  it('and no call is left out, late, or open in the books', async () => {
    expect(calls).toHaveLength(
      WAYS_TO_FAIL.length * WAVES * ASKERS * 2 + USELESS_ANSWERS.length * USELESS_WAVES * USELESS_ASKERS,
    );
    const [open] = await world.test.database.query(
      `select (select count(*)::integer from llm_interactions where settled_at is null) as calls,
         (select sum(reserved_nano)::text from budgets) as reserved,
         (select count(*)::integer from budgets where overrun_nano > 0 or closed_at is not null) as overruns,
         (select count(*)::integer from llm_interactions where outcome = 'expired') as expired`,
    );
    expect(open).toEqual({ calls: 0, reserved: '0', overruns: 0, expired: 0 });
    expect(await world.test.app.get(Upkeep).reap()).toBe(0);
  });
});

describe('a model that fails again and again', () => {
  afterEach(() => void jest.restoreAllMocks());

  /** Two models nobody has asked yet. */
  let next = 10;
  async function fresh(): Promise<{
    readonly alone: Asker;
    readonly model: string;
    readonly chained: Asker;
  }> {
    const model = `openai:${world.modelOf('openai', next)}`;
    const other = `google:${world.modelOf('google', next)}`;
    next += 1;
    return { alone: await world.asker([model]), chained: await world.asker([model, other]), model };
  }

  async function breakerOf(name: string): Promise<string | undefined> {
    const { body } = await world.test.http('GET', '/api/v1/llm/providers');
    const [provider, model] = name.split(':');
    const { models } = body.items.find((item: { provider: string }) => item.provider === provider);
    return models.find((each: { model: string }) => each.model === model)?.breaker;
  }

  /** Eight failures in a row, each asked once. */
  async function open(asker: Asker): Promise<void> {
    world.server.requests.length = 0;
    world.server.answer(status(401));
    for (let count = 0; count < 8; count += 1)
      expect((await world.callFunction(asker)).reason).toBe('model_failed');
    expect(world.server.requests).toHaveLength(8);
  }

  /** As if this much time had passed since now. */
  function after(seconds: number): void {
    const then = Date.now() + seconds * 1_000;
    jest.spyOn(Date, 'now').mockReturnValue(then);
  }

  it('is not asked any more: the twin answers, a task fails typed, a fallback is asked', async () => {
    const { alone, chained, model } = await fresh();
    await open(alone);
    expect(await breakerOf(model)).toBe('open');
    world.server.answer(GOOD_ANSWER);
    expect(await world.callFunction(alone)).toMatchObject({ source: 'twin', reason: 'provider_unavailable' });
    expect(await world.callTask(alone)).toMatchObject({ source: 'nobody', reason: 'model_unavailable' });
    expect(world.server.requests).toHaveLength(8);
    const answered = await world.callFunction(chained);
    expect(answered).toMatchObject({ source: 'model', value: { word: 'fine' } });
    expect(world.requestsOf(answered).map(({ path }) => path)).toEqual([
      expect.stringContaining('generateContent'),
    ]);
    const booked = await world.bookedFor([answered]);
    expect(booked.get(answered.taskId)).toMatchObject([{ attempt: 1, outcome: 'answered' }]);
  });

  it('is asked again after ten seconds, by one call, and when that is answered by all', async () => {
    const { alone, model } = await fresh();
    await open(alone);
    after(10.1);
    expect(await world.callFunction(alone)).toMatchObject({ reason: 'model_failed' });
    expect(await world.callFunction(alone)).toMatchObject({ reason: 'provider_unavailable' });
    expect(world.server.requests).toHaveLength(9);
    world.server.answer(GOOD_ANSWER);
    after(10.1);
    expect(await world.callFunction(alone)).toMatchObject({ source: 'model' });
    expect(await breakerOf(model)).toBe('closed');
    expect(await world.callTask(alone)).toMatchObject({ reason: 'allowed' });
  });
});
