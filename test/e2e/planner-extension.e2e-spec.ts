import { globSync, readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Planner, type PlannerOptions, type WorkflowPlanner } from '../../src/index.js';
import { ChecklistsModule } from '../fixtures/planning/checklists/checklists.module.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const FOLDER = 'test/fixtures/planning/checklists';
const SURFACE = '../../../../src/index.js';

describe('docs/recipes/add-a-planner.md', () => {
  const recipe = readFileSync('docs/recipes/add-a-planner.md', 'utf8');
  const blocks = [...recipe.matchAll(/```ts\n\/\/ src\/extensions\/checklists\/(\S+)\n([\s\S]*?)```/g)];
  const code = new Map(blocks.map(([, file = '', text = '']) => [file, text]));

  it('has every file of the fixture, and no other', () => {
    expect([...code.keys()].sort()).toEqual(globSync('*', { cwd: FOLDER }).sort());
  });

  it.each([...code.keys()])('has the code of %s, which imports the extension surface only', (file) => {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    expect(text.replaceAll(SURFACE, '../../index.js')).toBe(code.get(file));
    const foreign = [...text.matchAll(/from '(.*)';/g)].map(([, from]) => from);
    expect(foreign.filter((from) => from?.startsWith('.') && !from.startsWith('./'))).toEqual(
      text.includes(SURFACE) ? [SURFACE] : [],
    );
  });
});

function planner(options: Partial<PlannerOptions>, members: object): new () => object {
  @Planner({ id: 'mine', description: 'Mine.', ...options })
  class MyPlanner {}
  Object.assign(MyPlanner.prototype, members);
  return MyPlanner;
}

const answering = (id: string, answer: unknown) =>
  planner({ id }, { plan: () => answer } satisfies Record<keyof WorkflowPlanner, unknown>);

const REQUEST = 'Read package-lock.json';
const PLAN = { tasks: [{ taskId: 'a', taskType: 'timer.wait', parameters: { seconds: 1 } }] };
const NOWHERE = { tasks: [{ taskId: 'a', taskType: 'no.such' }] };
const PAID = { origin: 'model', source: 'model', reason: 'allowed', costNanoUsd: 5n };
const NAMELESS = { ...PAID, origin: 'rules' };

const NONSENSE: readonly (readonly [id: string, answer: unknown, why: string])[] = [
  ['nothing', undefined, 'its answer is no proposal: it: '],
  ['text', 'a plan', 'its answer is no proposal: it: '],
  ['no-definition', {}, 'its answer is no proposal: definition: Is missing; '],
  ['broken', { definition: NOWHERE }, 'There is no task type "no.such"'],
  ['broken-by-rules', { definition: NOWHERE, provenance: NAMELESS }, 'There is no task type "no.such"'],
  ['sure', { definition: PLAN, confidence: 7 }, 'its answer is no proposal: confidence: '],
  ['chatty', { definition: PLAN, diagnostics: ['done'] }, 'its answer is no proposal: diagnostics.0: '],
  ['free', { definition: PLAN, provenance: { ...PAID, costNanoUsd: -1n } }, 'its answer is no proposal: '],
  ['nul', { definition: PLAN, description: 'a\0b' }, 'its answer cannot be kept: /description: '],
];

@Module({
  providers: [
    ...NONSENSE.map(([id, answer]) => answering(id, answer)),
    planner({ id: 'throws' }, { plan: () => Promise.reject(new Error('secret of the team')) }),
    answering('paid', { definition: NOWHERE, provenance: PAID }),
    answering('generous', {
      definition: PLAN,
      alternatives: [NOWHERE, PLAN].map((definition) => ({ definition, confidence: 0.5 })),
      provenance: PAID,
    }),
  ],
})
class OfAnotherTeam {}

describe("a team's own planner", () => {
  let test: TestApp;
  let workflowId: string;
  beforeAll(async () => {
    test = await startTestApp({ modules: [ChecklistsModule, OfAnotherTeam] });
    const agent = await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities: ['*'] });
    const fields = { name: 'Planned', ownerAgentId: agent.body.id };
    workflowId = (await test.http('POST', '/api/v1/workflows', fields)).body.id as string;
  });
  afterAll(() => test.close());
  const plan = (name: string, body: object = {}) =>
    test.http('POST', `/api/v1/workflows/${workflowId}/plan`, { request: REQUEST, planner: name, ...body });

  it('plans what names it, and is named as the reason', async () => {
    const request = '- Call Ada.\n\n* Send {{ run.input.secret }} to her.';
    const { status, body } = await plan('checklist', { request });
    expect([status, body.origin, body.source, body.reason]).toEqual([201, 'rules', 'rule', 'checklist']);
    expect(body.description).toBe('A list of 2 steps.');
    expect(body.definition.tasks).toEqual([
      {
        ...{ taskId: 'step-1', taskType: 'human.task', dependencies: [] },
        parameters: { question: 'Call Ada.' },
      },
      {
        ...{ taskId: 'step-2', taskType: 'human.task', dependencies: ['step-1'] },
        parameters: {
          question: 'Send {{ run.input[999999999] ?? "{{" }} run.input.secret }} to her.',
        },
      },
    ]);
    expect(body.diagnostics.map(({ code }: { code: string }) => code)).toEqual(['line_taken', 'line_taken']);
  });

  it('is not asked by a request that names none', async () => {
    const { body } = await plan('model');
    const unnamed = await test.http('POST', `/api/v1/workflows/${workflowId}/plan`, { request: REQUEST });
    expect([unnamed.body.reason, unnamed.body.definition]).toEqual([body.reason, body.definition]);
  });

  it('is among those that are listed when another is named', async () => {
    const { status, body } = await plan('chekclist');
    expect([status, body.code]).toEqual([422, 'unknown_planner']);
    expect(body.errors[0].allowed).toEqual(expect.arrayContaining(['checklist', 'model', 'rules']));
  });

  /** The only warning, if the rules have planned instead. */
  async function fallBack(name: string, body: object = {}) {
    const answer = await plan(name, body);
    expect(answer.body).toMatchObject({
      ...{ origin: 'rules', source: 'twin', reason: 'plan_refused', status: 'draft' },
      definition: { tasks: [{ taskType: 'file.read', parameters: { path: 'package-lock.json' } }] },
    });
    const warnings = answer.body.diagnostics.filter(
      ({ severity }: { severity: string }) => severity === 'warning',
    );
    expect(warnings).toMatchObject([{ code: 'fell_back', pointer: '' }]);
    return { message: warnings[0].message as string, costUsd: answer.body.costUsd as string };
  }

  it('that throws leaves it to the rules; what it threw stays in the log', async () => {
    const { message } = await fallBack('throws');
    expect(message).toBe(
      'Planned by rules: the plan of the planner throws cannot be used: it failed; the log says how.',
    );
  });

  it('that may not do what it needs leaves it to the rules', async () => {
    await fallBack('checklist', { constraints: { taskTypes: ['file.*'] } });
  });

  it.each(NONSENSE)('that answers nonsense (%s) leaves it to the rules', async (id, _answer, why) => {
    const { message } = await fallBack(id);
    expect(message).toContain(`the plan of the planner ${id} cannot be used: ${why}`);
  });

  it('is paid although its plan cannot be used', async () => {
    expect((await fallBack('paid')).costUsd).toBe('0.000000005');
  });

  it('is taken at its word for who made the plan; alternatives that cannot run are left out', async () => {
    const { body } = await plan('generous');
    expect(body).toMatchObject({ origin: 'model', source: 'model', reason: 'allowed' });
    expect(body.alternatives).toMatchObject([{ definition: PLAN, confidence: 0.5 }]);
    expect((await test.http('GET', `/api/v1/plans/${body.id}`)).body).toEqual(body);
  });
});

describe('the application does not start', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  /** Why it does not, whole. */
  async function problem(...classes: readonly (new () => object)[]): Promise<string> {
    @Module({ providers: [...classes] })
    class Planners {}
    try {
      const test = await startTestApp({ database, modules: [Planners] });
      await test.close();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('It started.');
  }

  it('with two planners of one id', async () => {
    const message = await problem(answering('rules', {}));
    expect(message).toMatch(/^Planners cannot be registered:\n- rules: declared by both \w+ and \w+$/);
    for (const name of ['RulesPlanner', 'MyPlanner']) expect(message).toContain(name);
  });

  it('with what is wrong with planners, all of it', async () => {
    const message = await problem(answering('My_Planner', {}), planner({ id: 'bare' }, {}));
    expect(message.split('\n').slice(1).sort()).toEqual([
      '- "My_Planner": an id is kebab-case, such as "rules"',
      '- bare: its class has no plan() method',
    ]);
  });
});
