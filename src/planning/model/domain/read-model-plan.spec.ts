import { describe, expect, it } from '@jest/globals';
import {
  PLAN_AGENTS as agents,
  PLAN_CATALOGUE as catalogue,
} from '../../../../test/factories/catalogue.factory.js';
import { readModelPlan } from './read-model-plan.js';

const read = (answer: unknown, maxTasks?: number) =>
  readModelPlan(answer, { catalogue, agents, request: '', ...(maxTasks === undefined ? {} : { maxTasks }) });
const codes = (found: readonly { readonly code: string; readonly pointer: string }[]) =>
  found.map(({ code, pointer }) => `${code} ${pointer}`);

const READ = { taskType: 'file.read', parameters: [{ name: 'path', value: 'a.txt' }] };
const READ_TASK = { taskId: 'read', taskType: 'file.read', parameters: { path: 'a.txt' }, dependencies: [] };
const ASK = { taskType: 'human.task', parameters: [{ name: 'question', value: 'Why?' }] };

/** Tasks without anything but ids, dependencies and a question. */
const asking = (...tasks: readonly object[]) => ({ tasks: tasks.map((task) => ({ ...ASK, ...task })) });
const dependenciesOf = (answer: unknown) =>
  read(answer).definition.tasks.map((task) => {
    const { taskId, dependencies } = task as { taskId: string; dependencies: string[] };
    return `${taskId}: ${dependencies.join(' ')}`.trim();
  });

describe('an answer as it was asked for', () => {
  it('is read without a repair', () => {
    const answer = {
      summary: 'Reads and shows.',
      tasks: [
        { id: 'read', ...READ, description: 'Reads it.', dependsOn: [], agentId: '', when: [] },
        {
          id: 'ask',
          taskType: 'human.task',
          description: 'Shows it.',
          parameters: [{ name: 'question', value: '"Is {{ tasks.read.result.content }} right?"' }],
          dependsOn: ['read'],
          agentId: agents[0]?.id,
          when: [{ value: '{{ tasks.read.result.bytes }}', equals: '5' }],
        },
      ],
    };
    expect(read(answer)).toEqual({
      description: 'Reads and shows.',
      definition: {
        tasks: [
          { ...READ_TASK, description: 'Reads it.' },
          {
            taskId: 'ask',
            taskType: 'human.task',
            description: 'Shows it.',
            parameters: { question: 'Is {{ tasks.read.result.content }} right?' },
            dependencies: ['read'],
            agentId: '01920000-0000-7000-8000-00000000000a',
            when: { value: '{{ tasks.read.result.bytes }}', equals: 5 },
          },
        ],
      },
      diagnostics: [],
      issues: [],
    });
  });
});

describe('the envelope', () => {
  const task = { id: 'read', ...READ };
  it.each<[string, unknown]>([
    ['the list alone', [task]],
    ['steps', { steps: [task] }],
    ['plan.tasks', { plan: { tasks: [task] } }],
    ['a list under plan', { plan: [task] }],
    ['wrappers in wrappers', { response: { workflow: { nodes: [task] } } }],
    ['tasks by id', { tasks: { read: READ } }],
  ])('may be %s', (_, answer) => {
    const { definition, diagnostics, issues } = read(answer);
    expect(definition.tasks).toEqual([READ_TASK]);
    expect(codes(diagnostics)).toEqual(['envelope_mended /tasks']);
    expect(issues).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['text', 'no plan'],
    ['null', null],
    ['nothing', undefined],
    ['an object of other things', { tasks: 5, summary: 'x' }],
    ['too deep', { plan: { plan: { plan: { plan: { plan: { tasks: [task] } } } } } }],
  ])('that is %s holds no plan', (_, answer) => {
    const { definition, issues } = read(answer);
    expect(definition.tasks).toEqual([]);
    expect(issues).toHaveLength(1);
  });

  it('takes the summary from where it stands', () => {
    expect(read({ goal: 'Outside.', plan: { tasks: [] } }).description).toBe('Outside.');
    expect(read({ summary: 'Outside.', plan: { description: 'Inside.', tasks: [] } }).description).toBe(
      'Inside.',
    );
    expect(read({ summary: 5, tasks: [] }).description).toBe('');
  });

  it('keeps the position of what is no task', () => {
    const { definition, issues } = read({ tasks: [null, task, 'x'] });
    expect(definition.tasks[1]).toEqual(READ_TASK);
    expect(definition.tasks).toHaveLength(3);
    expect(codes(issues)).toEqual(['invalid_task /tasks/0', 'invalid_task /tasks/2']);
  });

  it('with too many tasks is refused', () => {
    expect(codes(read({ tasks: [task, task] }, 1).issues)).toEqual(['too_many_tasks /tasks']);
    expect(codes(read(asking(...Array.from({ length: 501 }, () => ({})))).issues)).toEqual([
      'too_many_tasks /tasks',
    ]);
    expect(read({ tasks: [task, { ...task, id: 'b' }] }, 2).issues).toEqual([]);
  });

  it('that cannot be kept is refused', () => {
    expect(codes(read({ tasks: [{ ...task, description: 'a\u0000' }] }).issues)).toEqual([
      'unreadable_plan ',
    ]);
    expect(codes(read({ tasks: [{ ...task, description: '\ud800' }] }).issues)).toEqual(['unreadable_plan ']);
  });
});

describe('the fields of a task', () => {
  it.each<[string, object]>([
    ['snake case', { task_id: 'read', task_type: 'file.read', args: { path: 'a.txt' }, depends_on: [] }],
    ['type and name', { name: 'read', type: 'file.read', arguments: { path: 'a.txt' }, dependencies: null }],
    ['name as the type', { id: 'read', name: 'file.read', inputs: { path: 'a.txt' } }],
    ['tool', { id: 'read', type: 'task', tool: 'file.read', input: { path: 'a.txt' }, after: [] }],
    ['capitals', { Id: 'read', TaskType: 'file.read', Parameters: { path: 'a.txt' } }],
    ['our own', READ_TASK],
  ])('may be called otherwise: %s', (_, task) => {
    const { definition, issues } = read({ tasks: [task] });
    expect(definition.tasks).toEqual([READ_TASK]);
    expect(issues).toEqual([]);
  });

  it('without a meaning are dropped where they are remarks or empty, else refused', () => {
    const remarks = read({ tasks: [{ id: 'read', ...READ, reasoning: 'Because.', cost: null, extra: [] }] });
    expect(codes(remarks.diagnostics)).toEqual(['remark_dropped /tasks/0']);
    expect(remarks.issues).toEqual([]);
    expect(codes(read({ tasks: [{ id: 'read', ...READ, retries: 3 }] }).issues)).toEqual([
      'unknown_field /tasks/0',
    ]);
  });

  it('named like members of every object are fields like any other', () => {
    const answer = JSON.parse(
      '{"tasks":[{"id":"read","taskType":"file.read","__proto__":{"taskType":"x"}}]}',
    );
    expect(codes(read(answer).issues)).toEqual(['unknown_field /tasks/0']);
  });
});

describe('the type of a task', () => {
  it.each([
    ['FileRead', 'file.read'],
    ['file_read', 'file.read'],
    ['read', 'file.read'],
    ['read file', 'file.read'],
    ['tandem.file.read', 'file.read'],
    ['file.wrote', 'file.write'],
    ['text.sumarize', 'text.summarize'],
    ['Summarizer', 'text.summarize'],
    ['HTTP requests', 'http.request'],
    ['read file content', 'file.read'],
    ['http.request (GET)', 'http.request'],
  ])('%s can only be %s', (written, meant) => {
    const { definition, diagnostics } = read({ tasks: [{ id: 'a', taskType: written }] });
    expect(definition.tasks).toMatchObject([{ taskType: meant }]);
    expect(diagnostics).toMatchObject([
      {
        code: 'task_type_mended',
        pointer: '/tasks/0/taskType',
        severity: 'info',
        message: expect.any(String),
      },
    ]);
  });

  it('may be what one description calls it', () => {
    const { definition, diagnostics } = read({
      tasks: [{ id: 'a', taskType: 'Automatic Text Abridgement' }],
    });
    expect(definition.tasks).toMatchObject([{ taskType: 'text.summarize' }]);
    expect(diagnostics).toMatchObject([{ code: 'task_type_by_description', severity: 'warning' }]);
  });

  it.each([['text'], ['file.delete'], ['file.unread'], ['email.send'], [''], ['constructor'], ['a file']])(
    '%s is refused, and near ones are proposed',
    (written) => {
      const { definition, issues } = read({ tasks: [{ id: 'a', taskType: written }] });
      expect(definition.tasks).toMatchObject([{ taskType: written }]);
      expect(issues).toMatchObject([{ code: 'unknown_task_type', pointer: '/tasks/0/taskType' }]);
      expect(issues[0]?.allowed).toHaveLength(7);
    },
  );
});

describe('the id of a task', () => {
  it.each<[string, unknown[], string[]]>([
    ['slugged', ['Read File', 'ÜberPrüfung', 'x_1'], ['read-file', 'uber-prufung', 'x-1']],
    ['numbered when repeated', ['a', 'a', 'a'], ['a', 'a-2', 'a-3']],
    ['never another one that is right', ['a', 'a', 'a-2'], ['a', 'a-3', 'a-2']],
    ['made of the type where there is none', ['', null, '!!!'], ['task', 'task-2', 'task-3']],
    ['a number as text', [1, 2], ['1', '2']],
    ['cut', ['x'.repeat(300)], ['x'.repeat(120)]],
  ])('is %s', (_, ids, expected) => {
    const { definition } = read(asking(...ids.map((id) => ({ id }))));
    expect(definition.tasks.map((task) => (task as { taskId: string }).taskId)).toEqual(expected);
  });

  it('is kept where it is right, and every other one is told', () => {
    expect(codes(read(asking({ id: 'a-1' }, { id: 'B' })).diagnostics)).toEqual([
      'task_id_mended /tasks/1/taskId',
    ]);
  });
});

describe('dependencies', () => {
  it.each<[string, object[], string[]]>([
    [
      'by id but for case',
      [{ id: 'Read It' }, { id: 'b', dependsOn: ['READ_IT'] }],
      ['read-it:', 'b: read-it'],
    ],
    [
      'by an id with a slip',
      [{ id: 'summarize' }, { id: 'b', dependsOn: ['sumarize'] }],
      ['summarize:', 'b: summarize'],
    ],
    ['a text', [{ id: 'a' }, { id: 'b', dependsOn: 'a' }], ['a:', 'b: a']],
    [
      'a text with commas',
      [{ id: 'a' }, { id: 'b' }, { id: 'c', dependsOn: 'a, b' }],
      ['a:', 'b:', 'c: a b'],
    ],
    ['objects', [{ id: 'a' }, { id: 'b', dependsOn: [{ id: 'a' }] }], ['a:', 'b: a']],
    ['once each', [{ id: 'a' }, { id: 'b', dependsOn: ['a', 'a'] }], ['a:', 'b: a']],
    [
      'words for nothing',
      [
        { id: 'a', dependsOn: ['none'] },
        { id: 'b', dependsOn: [-1] },
      ],
      ['a:', 'b:'],
    ],
    ['itself', [{ id: 'a' }, { id: 'b', dependsOn: ['b', 'a'] }], ['a:', 'b: a']],
    [
      'of equal ids the last before',
      [{ id: 'a' }, { id: 'a' }, { id: 'b', dependsOn: ['a'] }],
      ['a:', 'a-2:', 'b: a-2'],
    ],
    ['of equal ids its own the one before', [{ id: 'a' }, { id: 'a', dependsOn: ['a'] }], ['a:', 'a-2: a']],
    [
      'of equal ids by count',
      [{ id: 'a' }, { id: 'a' }, { id: 'b', dependsOn: ['a-1'] }],
      ['a:', 'a-2:', 'b: a'],
    ],
    [
      'the previous step',
      [{ id: 'a' }, { id: 'b' }, { id: 'c', dependsOn: ['previous step'] }],
      ['a:', 'b:', 'c: b'],
    ],
    ['counted steps', [{ id: 'a' }, { id: 'b', dependsOn: ['step 1'] }], ['a:', 'b: a']],
    ['numbers from 0', [{ id: 'a' }, { id: 'b', dependsOn: [0] }], ['a:', 'b: a']],
    ['numbers from 1', [{ id: 'a' }, { id: 'b', dependsOn: [1] }], ['a:', 'b: a']],
    ['numbers that are ids', [{ id: 1 }, { id: 0 }, { id: 7, dependsOn: [0] }], ['1:', '0:', '7: 0']],
  ])('may be %s', (_, tasks, expected) => {
    expect(dependenciesOf(asking(...tasks))).toEqual(expected);
    expect(read(asking(...tasks)).issues).toEqual([]);
  });

  it('may be the name of a type that one task has', () => {
    const answer = {
      tasks: [
        { id: 'a', ...READ },
        { id: 'b', ...ASK, dependsOn: ['file.read'] },
      ],
    };
    expect(dependenciesOf(answer)).toEqual(['a:', 'b: a']);
  });

  it.each<[string, object[]]>([
    ['nothing', [{ id: 'a' }, { id: 'b', dependsOn: ['other'] }]],
    ['no name', [{ id: 'a' }, { id: 'b', dependsOn: [{ x: 1 }] }]],
    ['numbers that may count from 0 or 1', [{ id: 'a' }, { id: 'b' }, { id: 'c', dependsOn: [1] }]],
    ['a number too large', [{ id: 'a' }, { id: 'b', dependsOn: [7] }]],
  ])('that name %s are refused and stay', (_, tasks) => {
    const { issues } = read(asking(...tasks));
    expect(issues).toMatchObject([
      {
        code: 'unknown_dependency',
        pointer: `/tasks/${tasks.length - 1}/dependencies`,
        allowed: ['a', ...tasks.slice(1, -1).map((task) => (task as { id: string }).id)],
      },
    ]);
    expect(read(asking(...tasks)).definition.tasks.at(-1)).not.toMatchObject({ dependencies: [] });
  });

  it('with numbers are told by what else is declared', () => {
    const tasks = [
      { id: 'a' },
      { id: 'b' },
      { id: 'c', dependsOn: ['b'], parameters: [{ name: 'question', value: '<node-1>' }] },
    ];
    expect(read(asking(...tasks)).definition.tasks[2]).toMatchObject({
      parameters: { question: '{{ tasks.b.result }}' },
    });
  });

  it('that make a cycle are left as they are', () => {
    const ring = asking({ id: 'a', dependsOn: ['b'] }, { id: 'b', dependsOn: ['a'] });
    expect(dependenciesOf(ring)).toEqual(['a: b', 'b: a']);
    expect(read(ring).diagnostics).toEqual([]);
  });

  it('are added for what a task refers to, unless it waits for it already', () => {
    const answer = asking(
      { id: 'a' },
      { id: 'b', dependsOn: ['a'] },
      { id: 'c', dependsOn: ['b'], parameters: [{ name: 'question', value: '{{ tasks.a.result.answer }}' }] },
      { id: 'd', parameters: [{ name: 'question', value: '{{ tasks.c.result.answer }}' }] },
    );
    expect(dependenciesOf(answer)).toEqual(['a:', 'b: a', 'c: b', 'd: c']);
    expect(codes(read(answer).diagnostics)).toEqual(['dependency_added /tasks/3/dependencies']);
  });
});

describe('links apart from the tasks', () => {
  const linked = (ids: readonly string[], ...links: readonly object[]) => ({
    ...asking(...ids.map((id) => ({ id }))),
    links,
  });

  it('are dependencies', () => {
    const answer = linked(['a', 'b', 'c'], { source: 'a', target: 'B' }, { from: 'b', to: 'step 3' });
    expect(dependenciesOf(answer)).toEqual(['a:', 'b: a', 'c: b']);
  });

  it('of equal ids join the nearest, each pair once', () => {
    const link = { source: 'a', target: 'b' };
    expect(dependenciesOf(linked(['a', 'b', 'a', 'b'], link, link))).toEqual([
      'a:',
      'b: a',
      'a-2:',
      'b-2: a-2',
    ]);
    expect(dependenciesOf(linked(['a', 'a', 'b'], link, link))).toEqual(['a:', 'a-2:', 'b: a-2 a']);
  });

  it('to nothing are dropped, to what is not there refused', () => {
    const none = read(linked(['a'], { source: 'a', target: 'none' }, { source: 'a', target: 'a' }));
    expect(codes(none.diagnostics)).toEqual([
      'dependency_dropped /tasks',
      'self_dependency_dropped /tasks/0/dependencies',
    ]);
    expect(none.issues).toEqual([]);
    expect(codes(read(linked(['a'], { source: 'a', target: 'xyz' }, { source: 'a' })).issues)).toEqual([
      'invalid_link /tasks',
      'unknown_dependency /tasks',
    ]);
  });
});

describe('the agent of a task', () => {
  it.each([
    ['01920000-0000-7000-8000-00000000000B', '01920000-0000-7000-8000-00000000000b'],
    ['archivist', '01920000-0000-7000-8000-00000000000a'],
    ['WebCrawler', '01920000-0000-7000-8000-00000000000b'],
  ])('%s is %s', (written, meant) => {
    const { definition, diagnostics } = read(asking({ id: 'a', agentId: written }));
    expect(definition.tasks).toMatchObject([{ agentId: meant }]);
    expect(codes(diagnostics)).toEqual(['agent_mended /tasks/0/agentId']);
  });

  it.each([[''], ['none'], ['any']])('"%s" is nobody', (written) => {
    const [task] = read(asking({ id: 'a', agentId: written })).definition.tasks;
    expect(task).not.toHaveProperty('agentId');
  });

  it.each([['Bob'], [{ id: 'x' }]])('that nobody is, %j, is refused', (written) => {
    expect(read(asking({ id: 'a', agentId: written })).issues).toMatchObject([
      { code: 'unknown_agent', pointer: '/tasks/0/agentId', allowed: [agents[0]?.id, agents[1]?.id] },
    ]);
  });
});

describe('the condition of a task', () => {
  const conditionOf = (when: unknown) => read(asking({ id: 'a' }, { id: 'b', dependsOn: ['a'], when }));
  it.each<[unknown, unknown]>([
    [[{ value: '{{ tasks.a.result.answer }}', equals: 'true' }], { equals: true }],
    [[{ value: '{{ tasks.a.result.answer }}', equals: 'yes' }], { equals: 'yes' }],
    [[{ value: '{{ tasks.a.result.answer }}', equals: '"5"' }], { equals: '5' }],
    [{ value: '{{ tasks.a.result.answer }}', equals: '5' }, { equals: '5' }],
    [{ value: '${a.output.answer}', notEquals: null }, { notEquals: null }],
    [{ value: 'a.result.answer', in: 5 }, { in: [5] }],
  ])('%j is read', (when, expected) => {
    const { definition, issues } = conditionOf(when);
    expect(issues).toEqual([]);
    expect((definition.tasks[1] as { when: unknown }).when).toEqual({
      value: '{{ tasks.a.result.answer }}',
      ...(expected as object),
    });
  });

  it.each([[[]], [null], [''], [{}]])('%j is none', (when) => {
    expect(conditionOf(when).definition.tasks[1]).not.toHaveProperty('when');
  });

  it.each([
    ['if a is right'],
    [[{ value: '{{ tasks.a.result.answer }}' }]],
    [[{ value: '{{ tasks.a.result.answer }}', equals: '1', in: '[1]' }]],
    [[{ value: 'a is {{ tasks.a.result.answer }}', equals: '1' }]],
    [[{ value: '{{ tasks.a.result.answer }}', equals: '1' }, {}]],
  ])('%j is refused', (when) => {
    expect(conditionOf(when).issues).toMatchObject([{ code: 'invalid_condition' }]);
  });
});
