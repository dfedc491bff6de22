import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testLlmSettings } from '../support/test-app.js';
import { useEngine } from '../support/use-engine.js';

const judged = (optionId: string, score: number) => ({ optionId, byCriterion: [{ name: 'costEur', score }] });
const SCRIPT = {
  price: '1/2',
  answers: [
    {
      when: 'the boss likes flying',
      replies: [
        { json: { chosen: 'air', scores: [judged('rail', 0.1), judged('air', 0.9)], reason: 'Likes it.' } },
      ],
    },
    { when: 'refuse', replies: [{ refusal: 'No.' }] },
  ],
};
const folder = mkdtempSync(join(tmpdir(), 'tandem-decision-script-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify(SCRIPT));
afterAll(() => rmSync(folder, { recursive: true }));

const engine = useEngine(() => ({ config: { llm: testLlmSettings({ script }) } }));
const OPTIONS = [
  { id: 'rail', attributes: { costEur: 120 } },
  { id: 'air', attributes: { costEur: 310 } },
];
const CRITERIA = [{ name: 'costEur', weight: 1, direction: 'minimize' }];
const BOSS = 'Mind that the boss likes flying.';

let agents: Record<string, string>;
beforeAll(async () => {
  const make = async (intelligenceLevel: string) =>
    (await engine.post('/agents', { name: intelligenceLevel, capabilities: ['*'], intelligenceLevel })).body
      .id as string;
  agents = { basic: await make('basic'), intelligent: await make('intelligent') };
});
const decide = (agent: string, more: object = {}) =>
  engine.post('/inference/decisions', {
    agentId: agents[agent],
    options: OPTIONS,
    criteria: CRITERIA,
    ...more,
  });

describe('a decision', () => {
  it('is made by weighted criteria, and kept', async () => {
    const { status, body } = await decide('basic', { context: BOSS });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ chosen: 'rail', source: 'twin', twinChoice: 'rail', costUsd: '0.000000000' },
      scores: [
        { optionId: 'rail', total: 1, byCriterion: { costEur: 1 } },
        { optionId: 'air', total: 0, byCriterion: { costEur: 0 } },
      ],
    });
    expect(body.reason).toContain('level_forbids');
    const { body: record } = await engine.get(`/decisions/${body.id}`);
    expect(record).toMatchObject({
      ...body,
      agentId: agents['basic'],
      runId: null,
      options: OPTIONS,
      criteria: CRITERIA,
    });
    expect(record.checks.at(-1)).toMatchObject({ check: 'level_forbids', passed: false });
  });

  it('is a model’s where the level allows it, and says what rules would have chosen', async () => {
    const { body } = await decide('intelligent', { context: BOSS });
    expect(body).toMatchObject({ chosen: 'air', source: 'model', reason: 'Likes it.', twinChoice: 'rail' });
    expect(Number(body.costUsd)).toBeGreaterThan(0);
    expect((await decide('intelligent', { context: BOSS })).body).toMatchObject({
      source: 'cache',
      chosen: 'air',
    });
  });

  it('is the rules’ when the model refuses', async () => {
    const { body } = await decide('intelligent', { context: 'Please refuse.' });
    expect(body).toMatchObject({ chosen: 'rail', source: 'twin' });
    expect(body.reason).toContain('refused');
  });

  it('is the first of plain texts', async () => {
    const { body } = await decide('basic', { options: ['b', 'a'], criteria: [] });
    expect(body).toMatchObject({
      chosen: 'b',
      scores: [
        { optionId: 'b', total: 0 },
        { optionId: 'a', total: 0 },
      ],
    });
  });

  it.each<[string, object, number, string[]]>([
    ['without options', { options: [] }, 400, ['/options']],
    [
      'with a weight that is no number',
      { criteria: [{ name: 'a', weight: 'NaN' }] },
      400,
      ['/criteria/0/weight'],
    ],
    [
      'with a weight of null, as NaN is in JSON',
      { criteria: [{ name: 'a', weight: null }] },
      400,
      ['/criteria/0/weight'],
    ],
    ['with a negative weight', { criteria: [{ name: 'a', weight: -1 }] }, 400, ['/criteria/0/weight']],
    ['with a context of 17 kB', { context: 'x'.repeat(17_000) }, 400, ['/context']],
    [
      'with options and criteria that are there twice',
      {
        options: ['a', 'a'],
        criteria: [
          { name: 'x', weight: 0 },
          { name: 'x', weight: 0 },
        ],
      },
      422,
      ['/options/1/id', '/criteria/1/name', '/criteria'],
    ],
    ['by an agent that is not there', { agentId: '01920000-0000-7000-8000-0000000000ff' }, 422, ['/agentId']],
  ])('%s is refused', async (_, more, status, pointers) => {
    const answer = await decide('basic', more);
    expect(answer.status).toBe(status);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
  });

  it('that is not there is 404', async () => {
    const answer = await engine.get('/decisions/01920000-0000-7000-8000-0000000000ff');
    expect([answer.status, answer.body.code]).toEqual([404, 'decision_not_found']);
  });
});

describe('a task that decides', () => {
  it('is found wrong before it runs where it could never decide', async () => {
    const parameters = { options: ['a', { id: 'b' }, 'a'] };
    const definition = {
      tasks: [{ taskId: 'x', taskType: 'decision.choose', parameters, dependencies: [] }],
    };
    const { body } = await engine.post('/definitions/validate', definition);
    expect(body.valid).toBe(false);
    expect(body.issues).toMatchObject([
      { code: 'duplicate_option_id', pointer: '/tasks/0/parameters/options/2/id' },
    ]);
  });

  const branch = (taskId: string) => ({
    ...{
      taskId,
      taskType: 'text.render',
      parameters: { template: `Going by ${taskId}.` },
      dependencies: ['choose'],
    },
    when: { value: '{{ tasks.choose.result.chosen }}', equals: taskId },
  });
  const tasks = (context: string, ownerAgentId: string | undefined) => [
    {
      ...{ taskId: 'choose', taskType: 'decision.choose', agentId: ownerAgentId },
      parameters: { options: OPTIONS, criteria: CRITERIA, context },
    },
    branch('rail'),
    branch('air'),
  ];
  async function run(agent: string) {
    const { body: workflow } = await engine.post('/workflows', {
      ...{ name: 'trip', ownerAgentId: agents[agent], definition: { tasks: tasks(BOSS, agents[agent]) } },
    });
    const { body } = await engine.post(`/workflows/${workflow.id}/runs`, {});
    return engine.ended(body.id as string);
  }

  it.each([
    ['basic', 'rail', 'air', 'twin'],
    ['intelligent', 'air', 'rail', 'cache'],
  ])('at the level %s has the branch %s run', async (agent, taken, left, source) => {
    const ended = await run(agent);
    expect(ended.status).toBe('succeeded');
    const tasksOf = await engine.tasks(ended.id);
    expect([tasksOf[taken].status, tasksOf[left].status]).toEqual(['succeeded', 'skipped']);
    const { id, chosen } = tasksOf['choose'].result;
    expect(chosen).toBe(taken);
    const made = (await engine.events(ended.id)).filter(({ type }) => type === 'decision.made');
    expect(made).toEqual([
      expect.objectContaining({
        task_id: 'choose',
        data: expect.objectContaining({ decisionId: id, chosen, source }),
      }),
    ]);
    expect((await engine.get(`/decisions/${id}`)).body).toMatchObject({
      runId: ended.id,
      taskId: tasksOf['choose'].id,
    });
  });
});
