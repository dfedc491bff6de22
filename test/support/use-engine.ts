import { afterAll, beforeAll, expect } from '@jest/globals';
import { brokenRules, watch } from '../reliability/invariants.js';
import { EngineTest } from './engine-test.js';
import type { TestAppOptions } from './test-app.js';

export interface UsedEngine extends TestAppOptions {
  /** The tests write rows that no engine writes: the rules are not checked. */
  readonly bendsRules?: boolean;
}

/** An engine for the tests of this file or block: it starts before the first, and at the end every rule was kept. */
export function useEngine(options: UsedEngine | (() => UsedEngine) = {}): EngineTest {
  let engine: EngineTest | undefined;
  let isChecked = true;

  beforeAll(async () => {
    const { bendsRules = false, ...rest } = typeof options === 'function' ? options() : options;
    isChecked = !bendsRules;
    engine = await EngineTest.start(rest);
    if (isChecked) await watch(engine.query);
  });
  afterAll(async () => {
    if (engine === undefined) return;
    const broken = isChecked ? await whatIsBroken(engine) : [];
    await engine.close();
    expect(broken).toEqual([]);
  });
  // There is no engine yet while the tests are described.
  return new Proxy({} as EngineTest, {
    get: (_, name) => {
      if (engine === undefined) throw new Error('The engine starts with the first test.');
      return Reflect.get(engine, name);
    },
  });
}

async function whatIsBroken({ query }: EngineTest) {
  const runs = await query<{ id: string }>('select id from runs');
  const rules = await brokenRules(
    query,
    runs.map(({ id }) => id),
  );
  return [...rules, ...(await query('select * from agent_permits'))];
}
