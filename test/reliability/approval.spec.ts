import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { TandemError } from '../../src/common/tandem-error.js';
import { RunStarts } from '../../src/execution/run-starts.service.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { aChangedDefinition, APPROVED, rewritten } from './definition-changes.js';
import { fullOr } from './full.js';
import { randomOf } from './model-answers.js';

const CHANGES = fullOr({ full: 10_000, usual: 300 });
const TIMEOUT_MS = 300_000;
const REWRITINGS = fullOr({ full: 1_000, usual: 20 });

let test: TestApp;
let workflowId: string;
beforeAll(async () => {
  test = await startTestApp();
  const agent = await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities: ['*'] });
  // Nobody has the id that the definition names: it is theirs now.
  const [named] = APPROVED.tasks.flatMap(({ agentId }) => agentId ?? []);
  await test.database.query('update agents set id = $1 where id = $2', [named ?? newId(), agent.body.id]);
  const workflow = await test.http('POST', '/api/v1/workflows', {
    ...{ name: 'Guarded', ownerAgentId: named, settings: { requireApprovedPlan: true } },
  });
  workflowId = workflow.body.id as string;
  const plan = await test.http('POST', `/api/v1/workflows/${workflowId}/plans`, { definition: APPROVED });
  const approved = await test.http('POST', `/api/v1/plans/${plan.body.id}/approve`, {});
  expect([plan.status, approved.status]).toEqual([201, 200]);
});
afterAll(() => test.close());

/** Written as nobody could through the API: what keeps it from starting is the approval alone. */
const store = (definition: string) =>
  test.database.query('update workflows set definition = $1::jsonb where id = $2', [definition, workflowId]);

/** The code of the refusal; `started` without one. */
const start = async (): Promise<string> => {
  try {
    await test.app.get(RunStarts).startWorkflow(workflowId, {});
    return 'started';
  } catch (error) {
    return error instanceof TandemError ? error.code : String(error);
  }
};

describe('an approved plan', () => {
  it(
    `with one field changed does not start without a new approval, ${CHANGES} times`,
    async () => {
      const ways = new Set<string>();
      for (let seed = 1; seed <= CHANGES; seed += 1) {
        const { way, definition } = aChangedDefinition(randomOf(seed));
        ways.add(way);
        await store(JSON.stringify(definition));
        const outcome = await start();
        if (outcome !== 'plan_not_approved') throw new Error(`${outcome}: ${way}, seed ${seed}`);
      }
      const [row] = await test.database.query<{ runs: number }>('select count(*)::integer as runs from runs');
      expect(row).toEqual({ runs: 0 });
      if (CHANGES === 10_000) console.log(`${CHANGES} changes at ${ways.size} places, none started`);
    },
    TIMEOUT_MS,
  );

  it(
    `written otherwise starts, ${REWRITINGS} times`,
    async () => {
      for (let seed = 1; seed <= REWRITINGS; seed += 1) {
        const text = rewritten(randomOf(seed));
        const path = `/api/v1/workflows/${workflowId}/definition`;
        const put = await test.http('PUT', path, text);
        expect({ seed, status: put.status }).toEqual({ seed, status: 200 });
        expect({ seed, outcome: await start() }).toEqual({ seed, outcome: 'started' });
      }
    },
    TIMEOUT_MS,
  );
});
