import { describe, expect, it } from '@jest/globals';
import { aTask } from '../../../../test/factories/definition.factory.js';
import { PLAN_CATALOGUE } from '../../../../test/factories/catalogue.factory.js';
import type { TaskDefinition } from '../../../workflows/domain/definition.js';
import { saysNothing } from './says-nothing.js';

const issuesOf = (tasks: readonly Partial<TaskDefinition>[], request = 'Do it.') =>
  saysNothing({ tasks: tasks.map((task) => aTask(task)) }, request, PLAN_CATALOGUE).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );
const ask = (question: string, request?: string) =>
  issuesOf([{ taskType: 'human.task', parameters: { question } }], request);
const fetch = (parameters: TaskDefinition['parameters'], request?: string) =>
  issuesOf([{ taskType: 'http.request', parameters }], request);

describe('a placeholder', () => {
  it.each([
    ...['TODO', 'to do', 'TBD', 'N/A', 'null', 'lorem ipsum dolor', '...', '…', 'xxx', '???', '<question>'],
    ...['<your question here>', '[insert question]', '${question}', '%{question%}', 'your question here'],
    ...['insert_question', 'string', 'Value', 'text', 'example', 'https://example.com/a', 'ada@example.org'],
  ])('%s is refused', (value) => {
    expect(ask(value)).toEqual(['placeholder /tasks/0/parameters/question']);
  });

  it.each([
    ...[
      'example.jpg',
      'Why?',
      'A string of pearls',
      'todo.txt',
      '{{ tasks.a.result }}',
      '[1, 2]',
      '["a"]',
      '0',
    ],
    ...['example.community', 'https://example.co.uk/', '<p>Hello</p> you', '-5', 'some text'],
  ])('%s is none', (value) => {
    expect(ask(value)).toEqual([]);
  });

  it('is none where the request says it', () => {
    expect(ask('TODO', 'Ask for the todo list')).toEqual([]);
    expect(ask('https://example.com/a', 'Read https://example.com/a')).toEqual([]);
  });

  it('by a word alone is one only where a value is required', () => {
    expect(fetch({ url: 'text', body: 'text' })).toEqual(['placeholder /tasks/0/parameters/url']);
    expect(fetch({ url: 'https://a.test', body: 'TODO' })).toEqual(['placeholder /tasks/0/parameters/body']);
  });

  it('is none where it is one of the choices, or inside a structure', () => {
    expect(issuesOf([{ taskType: 'file.read', parameters: { path: 'a', parse: 'text' } }])).toEqual([]);
    expect(fetch({ url: 'https://a.test', body: { type: 'string', example: 'TODO' } })).toEqual([]);
  });
});

describe('a required parameter that holds nothing', () => {
  it.each([[''], ['  '], [null], [[]], [{}]])('%j is refused', (content) => {
    const parameters = { path: 'a.txt', content };
    expect(issuesOf([{ taskType: 'file.write', parameters }])).toEqual([
      'empty_parameter /tasks/0/parameters/content',
    ]);
    expect(issuesOf([{ taskType: 'file.write', parameters }], 'Make an empty file')).toEqual([]);
  });

  it('is another thing than an optional one, or a zero', () => {
    expect(fetch({ url: 'https://a.test', body: '' })).toEqual([]);
    expect(issuesOf([{ taskType: 'file.write', parameters: { path: 'a', content: 0 } }])).toEqual([]);
  });
});

describe('one task that repeats the request', () => {
  const request = 'Please read the file, count its lines and tell Ada.';
  it.each([request, request.toUpperCase(), `"${request}"`, `Task: ${request}`])(
    '%s is refused',
    (question) => {
      expect(ask(question, request)).toEqual(['repeats_request /tasks/0']);
    },
  );

  it('is a plan where it says less, or the request is short, or there are others', () => {
    expect(ask('Count the lines of the file.', request)).toEqual([]);
    expect(ask('Ask Ada why.', 'Ask Ada why.')).toEqual([]);
    const again = { taskType: 'human.task', parameters: { question: request } };
    expect(issuesOf([again, { ...again, taskId: 'b' }], request)).toEqual([]);
  });
});

describe('descriptions', () => {
  const task = (taskId: string, taskType: string, description: string) => ({ taskId, taskType, description });
  it('that are the same for different work are refused', () => {
    expect(issuesOf([task('a', 'file.read', 'Step.'), task('b', 'text.render', 'step')])).toEqual([
      'same_descriptions /tasks',
    ]);
  });

  it.each([
    ['the work is the same', [task('a', 'text.render', 'x'), task('b', 'text.render', 'x')]],
    [
      'one differs',
      [task('a', 'text.render', 'x'), task('b', 'file.read', 'x'), task('c', 'file.read', 'y')],
    ],
    ['there are none', [task('a', 'text.render', ''), task('b', 'file.read', '')]],
  ])('may be the same where %s', (_, tasks) => {
    expect(issuesOf(tasks)).toEqual([]);
  });
});

it('no tasks are no plan', () => {
  expect(issuesOf([])).toEqual(['empty_plan /tasks']);
});
