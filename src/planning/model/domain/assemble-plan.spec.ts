import { describe, expect, it } from '@jest/globals';
import { PLAN_AGENTS, PLAN_CATALOGUE, planContext } from '../../../../test/factories/catalogue.factory.js';
import { assemblePlan } from './assemble-plan.js';

const given = { catalogue: PLAN_CATALOGUE, agents: PLAN_AGENTS, request: 'Show me notes.txt.' };
const assemble = (answer: unknown) => assemblePlan(answer, given, planContext());

const READ = { id: 'Read It', taskType: 'read', parameters: { path: 'notes.txt' } };
const SHOW = { id: 'show', taskType: 'human.task', parameters: { question: '{{ read-it.content }}' } };

describe('an answer', () => {
  it('that can be mended is a plan that says what was mended', () => {
    const { plan, issues } = assemble({ summary: 'Shows it.', steps: [READ, SHOW] });
    expect(issues).toEqual([]);
    expect(plan).toEqual({
      description: 'Shows it.',
      confidence: null,
      alternatives: [],
      definition: {
        tasks: [
          {
            taskId: 'read-it',
            taskType: 'file.read',
            parameters: { path: 'notes.txt' },
            dependencies: [],
          },
          {
            taskId: 'show',
            taskType: 'human.task',
            parameters: { question: '{{ tasks.read-it.result.content }}' },
            dependencies: ['read-it'],
          },
        ],
      },
      diagnostics: [
        {
          code: 'envelope_mended',
          severity: 'info',
          pointer: '/tasks',
          message: 'They stood under "steps".',
        },
        {
          code: 'task_type_mended',
          severity: 'info',
          pointer: '/tasks/0/taskType',
          message: '"read" became "file.read".',
        },
        {
          code: 'task_id_mended',
          severity: 'info',
          pointer: '/tasks/0/taskId',
          message: 'The id "Read It" became "read-it".',
        },
        {
          code: 'reference_mended',
          severity: 'info',
          pointer: '/tasks/1/parameters/question',
          message: '"{{ read-it.content }}" became "{{ tasks.read-it.result.content }}".',
        },
        {
          code: 'dependency_added',
          severity: 'warning',
          pointer: '/tasks/1/dependencies',
          message: 'It uses the result of "read-it", so it waits for it.',
        },
      ],
    });
  });

  it.each<[string, unknown, string[]]>([
    [
      'with a cycle',
      { tasks: [{ ...READ, dependsOn: ['show'] }, SHOW] },
      ['dependency_cycle /tasks/0/dependencies'],
    ],
    [
      'of an unknown type',
      { tasks: [{ ...READ, taskType: 'mail.send' }] },
      ['unknown_task_type /tasks/0/taskType'],
    ],
    [
      'with parameters that do not fit',
      { tasks: [{ ...READ, parameters: { path: 'notes.txt', parse: 'xml' } }] },
      ['invalid_parameters /tasks/0/parameters/parse'],
    ],
    [
      'with several faults, all at once',
      {
        tasks: [
          { ...READ, dependsOn: ['nobody'], parameters: { paths: ['a', 'b'] } },
          { ...SHOW, agentId: 'Bob' },
        ],
      },
      [
        'unknown_dependency /tasks/0/dependencies',
        'unknown_agent /tasks/1/agentId',
        'unknown_dependency /tasks/0/dependencies/0',
        'invalid_parameters /tasks/0/parameters/path',
      ],
    ],
    [
      'that says nothing',
      { tasks: [{ ...READ, parameters: { path: 'TODO' } }] },
      ['placeholder /tasks/0/parameters/path'],
    ],
    ['without tasks', { tasks: [] }, ['invalid_field /tasks']],
    ['that is none', 'Sorry, I cannot do that.', ['tasks_missing /tasks']],
  ])('%s is refused', (_, answer, expected) => {
    const { plan, issues } = assemble(answer);
    expect(plan).toBeNull();
    expect(issues.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(expected);
  });
});
