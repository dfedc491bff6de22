import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlanMaker } from '../../src/planning/plan-maker.service.js';
import { PlanningService } from '../../src/planning/planning.service.js';
import { BenchApp } from '../bench-app.js';
import type { BenchServer } from '../bench-server.js';
import { layered } from '../definitions.js';
import { type Figure, median, type PartReport } from '../figures.js';
import { waitUntilQuiet } from '../quiet.js';

const ROUNDS = 9;
const PLANS = 150;
const REQUEST =
  'Read package-lock.json, count the packages per licence, then write the result to counts.json';

const parameters = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const task = (
  id: string,
  taskType: string,
  dependsOn: string[],
  values: Readonly<Record<string, string>>,
) => ({
  ...{ id, taskType, description: `Does ${id}.`, dependsOn, when: [], agentId: '' },
  parameters: parameters(values),
});
const SCRIPT = {
  price: '1/2',
  answers: [
    {
      when: REQUEST,
      replies: [
        {
          json: {
            summary: 'Counts packages.',
            tasks: [
              task('read', 'file.read', [], { path: '"package-lock.json"', parse: '"json"' }),
              task('count', 'data.aggregate', ['read'], {
                ...{ operation: '"count"', from: '"packages"', by: '"license"' },
                input: '{{ tasks.read.result.content }}',
              }),
              task('write', 'file.write', ['count'], {
                ...{ path: '"counts.json"', content: '{{ tasks.count.result.groups }}' },
              }),
            ],
          },
        },
      ],
    },
  ],
};

/** p50 in milliseconds of plans one after the other, in rounds. */
async function rounds(plan: (at: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    await waitUntilQuiet('plan');
    const times: number[] = [];
    for (let at = 0; at < PLANS; at += 1) {
      const start = performance.now();
      await plan(at);
      times.push(performance.now() - start);
    }
    if (round >= 0) all.push(median(times));
  }
  return all;
}

async function calls(app: BenchApp): Promise<number> {
  const [row] = await app.query<{ count: number }>({
    text: 'select count(*)::integer as count from llm_interactions',
    values: [],
  });
  return row?.count ?? NaN;
}

/** The plan of a model, once asked for and then kept. */
async function fromCache(server: BenchServer): Promise<Figure[]> {
  const script = join(server.folder, 'plan-script.json');
  writeFileSync(script, JSON.stringify(SCRIPT));
  const app = await BenchApp.start(await server.createDatabase('plan_cache'), join(server.folder, 'plans'), {
    environment: { LLM_PROVIDER: 'scripted', LLM_SCRIPT: script, LLM_COST_BUDGET: '1000' },
  });
  try {
    const workflowId = await app.createWorkflow(layered(1, 1));
    const order = { request: REQUEST, constraints: {} };
    const first = await app.get(PlanMaker).draft(workflowId, order);
    if (first.source !== 'model') throw new Error(`${first.source}: ${JSON.stringify(first.content)}`);
    const before = await calls(app);
    const draft = async () => {
      const { source, reason } = await app.get(PlanMaker).draft(workflowId, order);
      if (source !== 'cache') throw new Error(`${source}, not cache: ${reason}`);
    };
    const figures: Figure[] = [
      { name: 'plan.cached', unit: 'ms', rounds: await rounds(draft), target: { atMost: 2 } },
      {
        ...{ name: 'plan.cachedStored', unit: 'ms' },
        rounds: await rounds(() => app.get(PlanningService).createWorkflowPlan(workflowId, order)),
      },
    ];
    const requests = (await calls(app)) - before;
    return [
      ...figures,
      { name: 'plan.requests', unit: 'requests', rounds: [requests], target: { atMost: 0 } },
    ];
  } finally {
    await app.close();
  }
}

/** Requests nobody made before, with planning by models switched off. */
async function byRules(server: BenchServer): Promise<Figure> {
  const app = await BenchApp.start(await server.createDatabase('plan_rules'), join(server.folder, 'rules'), {
    environment: { ENABLE_LLM_PLANNING: 'false' },
  });
  try {
    const workflowId = await app.createWorkflow(layered(1, 1));
    let number = 0;
    const draft = async () => {
      number += 1;
      const request = REQUEST.replace('counts', `counts-${number}`);
      const { reason } = await app.get(PlanMaker).draft(workflowId, { request, constraints: {} });
      if (reason !== 'feature_off') throw new Error(`${reason}, not feature_off`);
    };
    return { name: 'plan.rules', unit: 'ms', rounds: await rounds(draft) };
  } finally {
    await app.close();
  }
}

/** A plan of a sentence: out of the cache, and by rules. Without HTTP. */
export async function measurePlan(_app: BenchApp, server: BenchServer): Promise<PartReport> {
  return { figures: [...(await fromCache(server)), await byRules(server)], notes: [] };
}
