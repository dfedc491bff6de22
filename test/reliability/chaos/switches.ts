import { setTimeout as sleep } from 'node:timers/promises';
import type { BrokenRule } from '../invariants.js';
import type { Harness } from './harness.js';
import type { Faults } from './rounds.js';

const FEATURES = [
  ...['llm_planning', 'dynamic_inference', 'plan_memory', 'recovery_learning', 'adaptation'],
  ...['generate-workflow-plan', 'decompose-task', 'optimize-task-order'],
  ...['get-recovery-strategy', 'make-decision', 'adapt-workflow', 'summarise-run'],
];
/** In all processes. */
const EFFECTIVE_WITHIN_MS = 1_000;
const QUIET_MS = 1_500;
/** Of ten flips one turns models off for long enough to see that nobody asks them. */
const QUIET_SHARE = 0.03;

export interface Flips {
  readonly seconds: number;
  /** Also look whether nobody asks a model once it is off; not where processes cannot read their switches. */
  readonly checksQuiet: boolean;
}

/** Every switch is turned at any moment, in any process: off, on, to a share. In the end all are on. */
export const flips =
  ({ seconds, checksQuiet }: Flips): Faults =>
  async (harness) => {
    const { chance } = harness.parts;
    const until = Date.now() + seconds * 1_000;
    const broken: BrokenRule[] = [];
    let count = 0;
    while (Date.now() < until) {
      if (checksQuiet && chance.is(QUIET_SHARE)) broken.push(...(await quiet(harness)));
      else if (await turn(harness, chance.pick(FEATURES), setting(harness))) count += 1;
      await sleep(chance.between(20, 300));
    }
    for (const feature of FEATURES)
      while (!(await turn(harness, feature, { enabled: true }))) await sleep(100);
    harness.options.report(`${count} flips`);
    return broken;
  };

function setting({ parts: { chance } }: Harness): object {
  if (chance.is(0.4)) return { enabled: false, comment: 'chaos' };
  if (chance.is(0.5)) return { enabled: true };
  return { enabled: true, rollout: { percentage: chance.whole(0, 100) } };
}

/** Off in one process: a second later nobody asks, in no process, until it is turned on again. */
async function quiet(harness: Harness): Promise<BrokenRule[]> {
  const { models } = harness.parts;
  while (!(await turn(harness, 'dynamic_inference', { enabled: false }))) await sleep(100);
  await sleep(EFFECTIVE_WITHIN_MS);
  const from = Date.now();
  await sleep(QUIET_MS);
  const late = models?.arrivals.filter((at) => at >= from) ?? [];
  while (!(await turn(harness, 'dynamic_inference', { enabled: true }))) await sleep(100);
  return late.length === 0
    ? []
    : [{ rule: 'off is off within a second', detail: `${late.length} requests reached the models later` }];
}

/** False: nobody answered. */
async function turn({ parts: { fleet, client } }: Harness, feature: string, body: object): Promise<boolean> {
  const origin = fleet.anyOrigin();
  if (origin === null) return false;
  try {
    const answer = await fetch(`${origin}/api/v1/features/${feature}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(4_000),
    });
    const text = await answer.text();
    if (answer.status !== 200 && answer.status !== 503)
      client.broken.push({ rule: 'a switch can be turned', detail: `${feature}: ${answer.status} ${text}` });
    return answer.status === 200;
  } catch {
    return false;
  }
}
