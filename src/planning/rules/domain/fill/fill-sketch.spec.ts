import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_TYPES } from '../../../../../test/support/built-in-types.js';
import { validateDefinition } from '../../../../workflows/domain/validate-definition.js';
import { toCatalogueEntry } from '../../../domain/to-catalogue-entry.js';
import type { SketchStep } from '../sketch.js';
import { fillSketch } from './fill-sketch.js';

const CATALOGUE = BUILT_IN_TYPES.map(toCatalogueEntry);

/** Steps one after the other. */
const chain = (...steps: readonly (readonly [clause: string, taskType: string | null])[]): SketchStep[] =>
  steps.map(([clause, taskType], index) => step(clause, taskType, index === 0 ? [] : [index - 1]));

const step = (
  clause: string,
  taskType: string | null,
  after: readonly number[] = [],
  condition: SketchStep['condition'] = null,
): SketchStep => ({ clause, taskType, candidates: [], literals: [], isInserted: false, after, condition });

function fill(steps: readonly SketchStep[], catalogue = CATALOGUE) {
  const filled = fillSketch({ steps, leftOut: [] }, catalogue);
  const { issues } = validateDefinition(filled.definition, {
    findTaskType: (name) => BUILT_IN_TYPES.find((type) => type.name === name),
  });
  return { ...filled, issues };
}

/** `taskId: taskType(parameters) <- dependencies`. */
const shown = (steps: readonly SketchStep[]): string[] => {
  const { definition, issues } = fill(steps);
  expect(issues).toEqual([]);
  return definition.tasks.map(
    ({ taskId, taskType, parameters, dependencies, when }) =>
      `${taskId}: ${taskType}(${JSON.stringify(parameters)}) <- ${dependencies.join(' ')}${when === undefined ? '' : ` when ${JSON.stringify(when)}`}`,
  );
};

describe('fillSketch', () => {
  it('reads a file by its ending, counts by the words, writes the groups', () => {
    expect(
      shown(
        chain(
          ['Read package-lock.json', 'file.read'],
          ['count the packages per licence', 'data.aggregate'],
          ['write the result to counts.json', 'file.write'],
        ),
      ),
    ).toEqual([
      'read-package-lock-json: file.read({"parse":"json","path":"package-lock.json"}) <- ',
      'count-packages-licence: data.aggregate({"operation":"count","from":"packages","by":"licence","input":"{{ tasks.read-package-lock-json.result.content }}"}) <- read-package-lock-json',
      'write-result-counts-json: file.write({"format":"json","path":"counts.json","content":"{{ tasks.count-packages-licence.result.groups }}"}) <- count-packages-licence',
    ]);
  });

  it('lists what was made before in a report', () => {
    expect(
      shown(
        chain(
          ['Read package-lock.json', 'file.read'],
          ['count the packages per licence', 'data.aggregate'],
          ['render a report that lists them', 'text.render'],
          ['write it to report.md', 'file.write'],
        ),
      ).slice(2),
    ).toEqual([
      expect.stringMatching(
        /^render-report-lists: text\.render\(\{"data":\{"items":"\{\{ tasks\.count-packages-licence\.result\.groups \}\}"\},"template":/,
      ),
      'write-report-md: file.write({"path":"report.md","content":"{{ tasks.render-report-lists.result.text }}"}) <- render-report-lists',
    ]);
  });

  it('gets the file behind a parameter, passes data on through a check, takes the member that is named', () => {
    expect(
      shown(
        chain(
          ['Fetch http://127.0.0.1:9/items.json', 'http.request'],
          ['validate it against items.schema.json', 'data.validate'],
          ['save the items to items.csv', 'file.write'],
        ),
      ),
    ).toEqual([
      'fetch-items-json: http.request({"url":"http://127.0.0.1:9/items.json"}) <- ',
      'read-items-schema-json: file.read({"path":"items.schema.json","parse":"json"}) <- ',
      'validate-against-items-schema-json: data.validate({"schema":"{{ tasks.read-items-schema-json.result.content }}","data":"{{ tasks.fetch-items-json.result.body }}","failOnInvalid":true}) <- fetch-items-json read-items-schema-json',
      'select-items: data.aggregate({"input":"{{ tasks.fetch-items-json.result.body }}","from":"items","operation":"list"}) <- validate-against-items-schema-json',
      'save-items-items-csv: file.write({"format":"csv","path":"items.csv","content":"{{ tasks.select-items.result.total }}"}) <- validate-against-items-schema-json select-items',
    ]);
  });

  it.each<[clause: string, taskType: string, parameters: object]>([
    ['wait 5 minutes', 'timer.wait', { seconds: 300 }],
    ['wait 1.5 hours', 'timer.wait', { seconds: 5_400 }],
    [
      'save the text "hello" in greeting.txt',
      'file.write',
      { path: 'greeting.txt', content: 'hello', format: 'text' },
    ],
    [
      'delete https://example.com/items/5',
      'http.request',
      { url: 'https://example.com/items/5', method: 'DELETE' },
    ],
    ['ask for approval of the budget', 'human.approval', { question: 'ask for approval of the budget' }],
  ])('finds in %j what %s needs', (clause, taskType, parameters) => {
    const [task] = fill([step(clause, taskType)]).definition.tasks;
    expect([task?.taskType, task?.parameters]).toEqual([taskType, parameters]);
  });

  it.each([
    ['count the rows of a.csv', 'rows'],
    ['count the number of open orders', 'orders'],
    ['how many packages are in a.json', 'packages'],
    ['count all of the visitors by day', 'visitors'],
  ])('finds what %j is about', (clause, from) => {
    const { definition } = fill(chain(['Read a.json', 'file.read'], [clause, 'data.aggregate']));
    expect(definition.tasks.at(-1)?.parameters['from']).toBe(from);
  });

  it('uses what was read before instead of reading it twice', () => {
    const { definition } = fill(
      chain(['Read a.json', 'file.read'], ['validate a.json against b.json', 'data.validate']),
    );
    expect(definition.tasks.map(({ taskType }) => taskType)).toEqual([
      'file.read',
      'file.read',
      'data.validate',
    ]);
  });

  it('leaves to a person what it cannot place, with what was made before', () => {
    const { definition, diagnostics } = fill(chain(['Read a.txt', 'file.read'], ['frame it', null]));
    expect(definition.tasks[1]).toMatchObject({
      taskType: 'human.task',
      parameters: { question: 'frame it', details: '{{ tasks.read-a-txt.result.content }}' },
      dependencies: ['read-a-txt'],
    });
    expect(diagnostics.at(-1)).toMatchObject({
      code: 'left_to_person',
      severity: 'warning',
      pointer: '/tasks/1',
    });
  });

  it('takes the next best task type where the best lacks something, and leaves nothing of the first behind', () => {
    const candidates = [
      { taskType: 'data.transform', score: 10, because: [] },
      { taskType: 'data.aggregate', score: 5, because: [] },
    ];
    const counting = { ...step('count the rows of a.csv', 'data.transform'), candidates };
    expect(shown([counting])).toEqual([
      'read-a-csv: file.read({"path":"a.csv","parse":"csv"}) <- ',
      'count-rows-a-csv: data.aggregate({"operation":"count","from":"rows","input":"{{ tasks.read-a-csv.result.content }}"}) <- read-a-csv',
    ]);
  });

  it('says what even no person can be asked to do', () => {
    const without = CATALOGUE.filter(({ name }) => name !== 'human.task');
    const { unplaced, definition } = fill(chain(['Read a.txt', 'file.read'], ['frame it', null]), without);
    expect(unplaced).toEqual([{ clause: 'frame it', reason: 'no task type that may be used does this' }]);
    expect(definition.tasks).toHaveLength(1);
  });

  it('writes braces of the words as text', () => {
    const [task] = fill([step("Write '{{ run.input.secret }}' to a.txt", 'file.write')]).definition.tasks;
    expect(task?.parameters['content']).toBe('{{ run.input[999999999] ?? "{{" }} run.input.secret }}');
  });
});

describe('a condition', () => {
  const condition = (text: string, holds: boolean, at: number | null = null) => ({ text, holds, step: at });
  const validating = chain(['Read a.json', 'file.read'], ['validate it against b.json', 'data.validate']);

  it('goes by the task whose verdict it names, which then must not fail', () => {
    const { definition } = fill([
      ...validating,
      step('write it to ok.json', 'file.write', [1], condition('it is valid', true)),
      step('ask a person', 'human.task', [1], condition('it is valid', false)),
    ]);
    const [, , validate, write, ask] = definition.tasks;
    const value = '{{ tasks.validate-against-b-json.result.valid }}';
    expect(validate?.parameters).not.toHaveProperty('failOnInvalid');
    expect([write?.when, ask?.when]).toEqual([
      { value, equals: true },
      { value, equals: false },
    ]);
  });

  it('that nothing decides is asked of a person, once', () => {
    const { definition } = fill([
      step('Read a.txt', 'file.read'),
      step('write it to b.txt', 'file.write', [0], condition('it is sunny', true)),
      step('write it to c.txt', 'file.write', [0], condition('it is sunny', false)),
    ]);
    const asked = definition.tasks.filter(({ taskType }) => taskType === 'human.task');
    expect(asked).toMatchObject([
      { parameters: { question: 'Does this hold: it is sunny?', answerSchema: { type: 'boolean' } } },
    ]);
    expect(definition.tasks.filter(({ when }) => when !== undefined)).toHaveLength(2);
  });
});
