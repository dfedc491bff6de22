import { describe, expect, it } from '@jest/globals';
import { PLAN_CATALOGUE as catalogue } from '../../../../test/factories/catalogue.factory.js';
import { readModelPlan } from './read-model-plan.js';

const BEFORE = [
  { id: 'fetch', taskType: 'http.request', parameters: { url: 'https://a.test/' } },
  { id: 'read', taskType: 'file.read', parameters: { path: 'a.txt' } },
  { id: 'Sum It', taskType: 'text.summarize', parameters: { text: 'x' } },
];

/** What a value of the fourth task became. */
function reading(value: unknown, { request = '', taskType = 'http.request', name = 'body' } = {}) {
  const task = { id: 'last', taskType, parameters: { [name]: value } };
  const { definition, diagnostics, issues } = readModelPlan(
    { tasks: [...BEFORE, task] },
    { catalogue, agents: [], request },
  );
  const read = definition.tasks[3] as {
    parameters: Record<string, unknown>;
    dependencies: readonly string[];
  };
  return {
    value: read.parameters[name],
    dependencies: read.dependencies,
    codes: diagnostics.map(({ code, pointer }) => `${code} ${pointer}`).filter((code) => /\/3\//.test(code)),
    issues: issues.map(({ code, pointer }) => `${code} ${pointer}`),
  };
}
/** Forms of references as models write them, and what they mean. */
const FORMS = [
  ['<read>', '{{ tasks.read.result }}'],
  ['<node-0>', '{{ tasks.fetch.result }}'],
  ['<Read>.content', '{{ tasks.read.result.content }}'],
  ['<read>:output', '{{ tasks.read.result }}'],
  ['${tasks.read.result}', '{{ tasks.read.result }}'],
  ['${read.output.content}', '{{ tasks.read.result.content }}'],
  ["${tasks[1].outputs['content']}", '{{ tasks.read.result.content }}'],
  ['{{read.result.content}}', '{{ tasks.read.result.content }}'],
  ['{{ read }}', '{{ tasks.read.result }}'],
  ['{{ steps.read.content }}', '{{ tasks.read.result.content }}'],
  ['{{ tasks.sum_it.result.text }}', '{{ tasks.sum-it.result.text }}'],
  ['{{ tasks.Sum It.result.text }}', '{{ tasks.sum-it.result.text }}'],
  ['$read.result.content', '{{ tasks.read.result.content }}'],
  ['$output_of_read$', '{{ tasks.read.result }}'],
  ['%{read.output%}', '{{ tasks.read.result }}'],
  ['$[0].body', '{{ tasks.fetch.result.body }}'],
  ['[output of step 2]', '{{ tasks.read.result }}'],
  ['[summary_from_step_3]', '{{ tasks.sum-it.result }}'],
  ['{output_of_read}', '{{ tasks.read.result }}'],
  ['result of read', '{{ tasks.read.result }}'],
  ['The output of the read task', '{{ tasks.read.result }}'],
  ['output of file.read', '{{ tasks.read.result }}'],
  ['output of the previous step', '{{ tasks.sum-it.result }}'],
  ['read.result.content', '{{ tasks.read.result.content }}'],
  ['fetch.output.body.items[0].name', '{{ tasks.fetch.result.body.items[0].name }}'],
] as const;
const valueOf = (value: unknown) => reading(value).value;

describe('a reference in another form', () => {
  it.each(FORMS)('%s is %s', (written, meant) => {
    const { value, codes, issues } = reading(written);
    expect(value).toBe(meant);
    expect(codes).toContain('reference_mended /tasks/3/parameters/body');
    expect(issues).toEqual([]);
  });

  it.each([
    ['<b>'],
    ['<p>read</p>'],
    ['[1]'],
    ['["read"]'],
    ['{"read":1}'],
    ['read'],
    ['read.json'],
    ['read.output.json'],
    ['the result of a long read'],
    ['It is the result of read'],
    ['Take the lid from step 2'],
    ['$5'],
    ['${price}'],
    ['result of last'],
    ['<it>'],
    ['<node-1>'],
    [`<${'x'.repeat(400)}>`],
  ])('%s is none', (written) => {
    const { value, codes } = reading(written);
    expect(value).toBe(written);
    expect(codes).toEqual([]);
  });

  it('is understood within text only between double braces', () => {
    expect(valueOf('It says {{ read.content }}, and {{fetch.status}}.')).toBe(
      'It says {{ tasks.read.result.content }}, and {{ tasks.fetch.result.status }}.',
    );
    expect(valueOf('It says <read> and ${read}.')).toBe('It says <read> and ${read}.');
  });

  it('is found in every text of a value', () => {
    expect(valueOf({ a: ['<read>', { b: '{{ fetch.body }}' }] })).toEqual({
      a: ['{{ tasks.read.result }}', { b: '{{ tasks.fetch.result.body }}' }],
    });
  });

  it('makes the task wait', () => {
    expect(reading('<read>').dependencies).toEqual(['read']);
  });

  it('of the task itself is no reason to wait', () => {
    expect(reading('{{ tasks.last.result.body }}').dependencies).toEqual([]);
  });

  it('by a number that no task has is refused', () => {
    expect(reading('<node-9>').issues).toEqual(['unclear_reference /tasks/3/parameters/body']);
  });

  it('is left alone in what is never interpolated', () => {
    const template = { taskType: 'text.render', name: 'template' };
    expect(reading('{{ read }}', template).value).toBe('{{ read }}');
    expect(reading('<read>', template).value).toBe('<read>');
  });
});

describe('the path of a reference', () => {
  it.each([
    ['{{ tasks.read.result.contents }}', '{{ tasks.read.result.content }}'],
    ['{{ tasks.read.result.output.content }}', '{{ tasks.read.result.content }}'],
    ['{{ tasks.sum-it.result.summary }}', '{{ tasks.sum-it.result.text }}'],
    ['{{ tasks.read.result["content"] }}', '{{ tasks.read.result["content"] }}'],
    ['{{ tasks.read.result.contents ?? "none" }}', '{{ tasks.read.result.contents ?? "none" }}'],
    ['{{ tasks.Read.result.content ?? { "a": 1 } }}', '{{ tasks.read.result.content ?? { "a": 1 } }}'],
    ['{{ tasks.read.result }}', '{{ tasks.read.result }}'],
    ['Short: {{ tasks.sum-it.result }}', 'Short: {{ tasks.sum-it.result.text }}'],
  ])('%s is %s', (written, meant) => {
    expect(valueOf(written)).toBe(meant);
  });

  it('is the only field where a text is wanted', () => {
    const wanted = { taskType: 'text.summarize', name: 'text' };
    expect(reading('{{ tasks.sum-it.result }}', wanted).value).toBe('{{ tasks.sum-it.result.text }}');
    expect(reading('{{ tasks.read.result }}', wanted).value).toBe('{{ tasks.read.result }}');
  });

  it('to a field that is not there is refused', () => {
    expect(reading('{{ tasks.read.result.lines }}')).toMatchObject({
      value: '{{ tasks.read.result.lines }}',
      issues: ['unknown_result_field /tasks/3/parameters/body'],
    });
  });
});

describe('a reference to the task itself', () => {
  const last = (parameters: object, dependsOn: readonly string[]) => {
    const task = { id: 'last', taskType: 'http.request', parameters, dependsOn };
    const { definition, diagnostics } = readModelPlan(
      { tasks: [...BEFORE, task] },
      { catalogue, agents: [], request: '' },
    );
    const { parameters: read } = definition.tasks[3] as { parameters: unknown };
    return { read, codes: diagnostics.map(({ code }) => code).filter((code) => code.startsWith('self')) };
  };

  it('means the only task it waits for', () => {
    expect(last({ body: '<last>.content' }, ['read'])).toEqual({
      read: { body: '{{ tasks.read.result.content }}' },
      codes: ['self_reference_mended'],
    });
  });

  it.each<[string, object, readonly string[]]>([
    ['it waits for two', { body: '<last>' }, ['read', 'fetch']],
    ['it waits for none', { body: '<last>' }, []],
    ['it uses that one already', { url: '{{ tasks.read.result.path }}', body: '<last>' }, ['read']],
  ])('is left alone where %s', (_, parameters, dependsOn) => {
    expect(last(parameters, dependsOn)).toEqual({ read: parameters, codes: [] });
  });
});

describe('text of the request', () => {
  const request = 'Write "{{ tasks.read.result.content }}" and <read> and {{x}} into a file';
  const PLAIN = '{{ run.input[999999999] ?? "{{" }}';

  it.each([
    ['{{ tasks.read.result.content }}', `${PLAIN} tasks.read.result.content }}`],
    ['{{tasks.read.result.content}}', `${PLAIN}tasks.read.result.content}}`],
    ['{{ TASKS.read.result.content }}', `${PLAIN} TASKS.read.result.content }}`],
    ['a {{x}} b', `a ${PLAIN}x}} b`],
    ['{{ tasks.fetch.result.body }} {{x}}', `{{ tasks.fetch.result.body }} ${PLAIN}x}}`],
    ['<read>', '<read>'],
    ['{{ read.content }}', '{{ read.content }}'],
  ])('stays text: %s', (written, expected) => {
    const { value, dependencies, issues } = reading(written, { request });
    expect(value).toBe(expected);
    expect(dependencies).toEqual(written.includes('fetch') ? ['fetch'] : []);
    expect(issues).toEqual([]);
  });

  it.each(FORMS.map(([written]) => [written]))('is no reference in any form: %s', (written) => {
    const asked = `Write ${written} into a file`;
    for (const value of [
      written,
      ` ${written} `,
      `It is ${written}.`,
      { a: [`${written}.`.toUpperCase()] },
    ]) {
      const read = reading(value, { request: asked });
      expect(read.dependencies).toEqual([]);
      expect(JSON.stringify(read.value)).not.toMatch(/\{\{\s*tasks/);
    }
  });

  it('is told where it held braces', () => {
    expect(reading('{{x}}', { request }).codes).toEqual(['request_kept_as_text /tasks/3/parameters/body']);
  });

  it('stays text when read again', () => {
    const once = reading('{{ tasks.read.result.content }} {{x}}', { request }).value;
    expect(reading(once, { request }).value).toBe(once);
    const hostile = `Write ${PLAIN} and {{ tasks.read.result }}`;
    const kept = reading(`${PLAIN} {{ tasks.read.result }}`, { request: hostile }).value;
    expect(kept).toBe(`${PLAIN} ${PLAIN} tasks.read.result }}`);
    expect(reading(kept, { request: hostile }).value).toBe(kept);
  });

  it('of more braces than are looked at leaves no reference', () => {
    const many = Array.from({ length: 10_001 }, (_, index) => `{{${index}}}`).join('');
    expect(reading('{{ tasks.read.result }}', { request: many }).value).toBe(`${PLAIN} tasks.read.result }}`);
  });
});

describe('braces', () => {
  it('that open and never close are text', () => {
    expect(reading('if (a) {{ b').value).toBe('if (a) {{ run.input[999999999] ?? "{{" }} b');
    expect(reading('if (a) {{ b').codes).toEqual(['braces_kept_as_text /tasks/3/parameters/body']);
  });

  it('that name nothing of the plan are left to the check', () => {
    expect(valueOf('{{ customer.name }}')).toBe('{{ customer.name }}');
    expect(valueOf('{{ run.input.name }}')).toBe('{{ run.input.name }}');
  });

  it('without end are refused', () => {
    expect(reading('{{ run.input ?? {'.repeat(1_000)).issues).toEqual([
      'too_many_references /tasks/3/parameters/body',
    ]);
  });
});
