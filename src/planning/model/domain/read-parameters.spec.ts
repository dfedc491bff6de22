import { describe, expect, it } from '@jest/globals';
import { PLAN_CATALOGUE as catalogue } from '../../../../test/factories/catalogue.factory.js';
import { readModelPlan } from './read-model-plan.js';

/** The only task of a plan: what its parameters became, and the codes of what was said. */
function parametersOf(taskType: string, parameters: unknown, before: readonly object[] = []) {
  const last = { id: 'last', taskType, parameters, dependsOn: before.map((_, index) => `t${index}`) };
  const tasks = [...before.map((task, index) => ({ id: `t${index}`, ...task })), last];
  const { definition, diagnostics, issues } = readModelPlan(
    { tasks },
    { catalogue, agents: [], request: '' },
  );
  return {
    parameters: (definition.tasks.at(-1) as { parameters: unknown }).parameters,
    repairs: diagnostics.map(({ code, pointer }) => `${code} ${pointer}`),
    issues: issues.map(({ code, pointer }) => `${code} ${pointer}`),
  };
}
const read = (taskType: string, parameters: unknown) => parametersOf(taskType, parameters);
const pair = (name: string, value: unknown) => [{ name, value }];

describe('values as JSON text', () => {
  it.each<[string, string, string, unknown]>([
    ['text.summarize', 'text', 'plain words', 'plain words'],
    ['text.summarize', 'text', '"in quotes"', 'in quotes'],
    ['text.summarize', 'text', '5', '5'],
    ['text.summarize', 'text', '{"a":1}', '{"a":1}'],
    ['text.summarize', 'text', 'true', 'true'],
    ['text.summarize', 'maxSentences', '5', 5],
    ['text.summarize', 'maxSentences', '"5"', '5'],
    ['text.summarize', 'maxSentences', 'five', 'five'],
    ['text.summarize', 'maxSentences', '{{ run.input.count }}', '{{ run.input.count }}'],
    ['http.request', 'followRedirects', 'True', true],
    ['http.request', 'expectStatus', '[200, 201]', [200, 201]],
    ['http.request', 'expectStatus', '200', [200]],
    ['http.request', 'expectStatus', '{{ run.input.codes }}', '{{ run.input.codes }}'],
    ['http.request', 'method', 'post', 'POST'],
    ['http.request', 'method', '"post"', 'POST'],
    ['http.request', 'method', 'PUT', 'PUT'],
    ['http.request', 'body', '{"a":[1]}', { a: [1] }],
    ['http.request', 'body', '5', 5],
    ['http.request', 'body', 'five', 'five'],
    ['http.request', 'body', '{"a":1', '{"a":1'],
    ['text.render', 'data', '{"n":"5"}', { n: '5' }],
    ['text.render', 'template', 'Hello {{ name }}', 'Hello {{ name }}'],
  ])('%s: %s %s is %j', (taskType, name, value, expected) => {
    expect(read(taskType, pair(name, value)).parameters).toEqual({ [name]: expected });
  });

  it('nested deeper than can be kept stay text', () => {
    const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
    expect(read('http.request', pair('body', deep)).parameters).toEqual({ body: deep });
  });
});

describe('values as they are', () => {
  it.each<[string, string, unknown, unknown, string[]]>([
    ['text.summarize', 'text', 5, '5', ['value_mended /tasks/0/parameters/text']],
    ['text.summarize', 'maxSentences', '5', 5, ['value_mended /tasks/0/parameters/maxSentences']],
    ['http.request', 'followRedirects', 'true', true, ['value_mended /tasks/0/parameters/followRedirects']],
    ['http.request', 'expectStatus', ['200'], [200], ['value_mended /tasks/0/parameters/expectStatus']],
    ['http.request', 'body', '[1]', '[1]', []],
    ['http.request', 'body', '"quoted"', '"quoted"', []],
    ['http.request', 'method', 'Get', 'GET', ['value_mended /tasks/0/parameters/method']],
  ])('%s: %s %j is %j', (taskType, name, value, expected, repairs) => {
    const found = read(taskType, { [name]: value });
    expect(found.parameters).toEqual({ [name]: expected });
    expect(found.repairs).toEqual(repairs);
  });
});

describe('names of parameters', () => {
  it.each([
    ['file.read', 'Path', 'path'],
    ['file.read', 'file_path', 'path'],
    ['file.read', 'paths', 'path'],
    ['text.summarize', 'max_sentences', 'maxSentences'],
    ['text.summarize', 'inputText', 'text'],
    ['http.request', 'redirects', 'followRedirects'],
    ['http.request', 'requestBody', 'body'],
  ])('of %s: %s is %s', (taskType, written, meant) => {
    expect(Object.keys(read(taskType, { [written]: 'x' }).parameters as object)).toEqual([meant]);
  });

  it('nobody knows are for the one parameter that nothing was given for', () => {
    expect(read('human.task', { title: 'Why?' })).toEqual({
      parameters: { question: 'Why?' },
      repairs: ['parameter_renamed /tasks/0/parameters/question'],
      issues: [],
    });
    expect(read('image.edit', { photo: 'a.png', how: 'brighter', text: 'x' }).parameters).toEqual({
      photo: 'a.png',
      how: 'brighter',
      text: 'x',
    });
  });

  it('nobody knows are told by what media the values are', () => {
    expect(read('image.edit', { photo: 'a.png', how: 'brighter' }).parameters).toEqual({
      image: 'a.png',
      text: 'brighter',
    });
    expect(read('image.edit', { first: 'one', second: 'two' }).parameters).toEqual({
      first: 'one',
      second: 'two',
    });
  });

  it('never take the place of one that is given', () => {
    expect(read('file.read', { path: 'a', file_path: 'b' }).parameters).toEqual({
      path: 'a',
      file_path: 'b',
    });
  });

  it('of every object are names like others', () => {
    expect(read('file.read', JSON.parse('{"__proto__":"a","path":"b"}')).parameters).toEqual(
      JSON.parse('{"__proto__":"a","path":"b"}'),
    );
  });
});

describe('forms of parameters', () => {
  it.each<[string, string, unknown, unknown]>([
    ['an object', 'file.read', { path: 'a' }, { path: 'a' }],
    ['a list of pairs', 'file.read', [{ name: 'path', value: 'a' }], { path: 'a' }],
    [
      'a list of single members',
      'file.read',
      [{ path: 'a' }, { parse: 'json' }],
      { path: 'a', parse: 'json' },
    ],
    ['a value alone', 'human.task', 'Why?', { question: 'Why?' }],
    ['values alone', 'file.write', ['a.txt', 'text'], { path: 'a.txt', content: 'text' }],
    ['a value in an object', 'human.task', [{ value: 'Why?' }], { question: 'Why?' }],
    ['a value under name', 'human.task', [{ name: 'Why not?' }], { question: 'Why not?' }],
    [
      'a name and a value alone',
      'file.write',
      [{ name: 'content', value: '1' }, 'a.txt'],
      { content: 1, path: 'a.txt' },
    ],
    ['nothing', 'human.task', null, {}],
  ])('may be %s', (_, taskType, written, expected) => {
    const { parameters, issues } = read(taskType, written);
    expect(parameters).toEqual(expected);
    expect(issues).toEqual([]);
  });

  it('without names go where their medium fits', () => {
    expect(read('image.edit', ['a.jpg', 'brighter'])).toEqual({
      parameters: { image: 'a.jpg', text: 'brighter' },
      repairs: ['parameter_named /tasks/0/parameters/image', 'parameter_named /tasks/0/parameters/text'],
      issues: [],
    });
    const edited = { taskType: 'image.edit', parameters: { text: 'x', image: 'a.jpg' } };
    expect(parametersOf('image.edit', ['<t0>', 'brighter'], [edited]).parameters).toEqual({
      image: '{{ tasks.t0.result.image }}',
      text: 'brighter',
    });
  });

  it('without names are refused where there are too many', () => {
    expect(read('human.task', ['a', 'b'])).toEqual({
      parameters: {},
      repairs: [],
      issues: ['unnamed_parameters /tasks/0/parameters'],
    });
  });

  it('that say neither name nor value are refused', () => {
    expect(read('human.task', [{ name: 'question' }]).issues).toEqual([
      'invalid_parameter /tasks/0/parameters',
    ]);
    expect(read('human.task', [{ a: 1, b: 2 }]).issues).toEqual(['invalid_parameter /tasks/0/parameters']);
    expect(read('human.task', [{}]).issues).toEqual(['invalid_parameter /tasks/0/parameters']);
  });

  it('given twice are one where they agree', () => {
    const twice = (a: unknown, b: unknown) => [
      { name: 'question', value: a },
      { name: 'question', value: b },
    ];
    expect(read('human.task', twice('Why?', '"Why?"'))).toMatchObject({
      parameters: { question: 'Why?' },
      issues: [],
    });
    expect(read('human.task', twice('Why?', 'How?')).issues).toEqual([
      'duplicate_parameter /tasks/0/parameters/question',
    ]);
  });

  it('that hold nothing are dropped where they are not required', () => {
    expect(read('text.summarize', { text: '', maxSentences: null, style: '', tone: 'dry' })).toEqual({
      parameters: { text: '', tone: 'dry' },
      repairs: ['empty_parameter_dropped /tasks/0/parameters', 'empty_parameter_dropped /tasks/0/parameters'],
      issues: [],
    });
  });
});

describe('a required parameter that was left out', () => {
  const reading = { taskType: 'file.read', parameters: { path: 'a.txt' } };
  const asking = { taskType: 'human.task', parameters: { question: 'Why?' } };

  it('is what the only task waited for yields under its name', () => {
    expect(parametersOf('file.write', { path: 'b.txt' }, [reading])).toEqual({
      parameters: { path: 'b.txt', content: '{{ tasks.t0.result.content }}' },
      repairs: ['parameter_linked /tasks/1/parameters/content'],
      issues: [],
    });
  });

  it.each<[string, unknown, readonly object[]]>([
    ['it is an address', { content: 'x' }, [reading]],
    ['two are missing', {}, [reading]],
    ['two tasks are waited for', { path: 'b.txt' }, [reading, reading]],
    ['nothing of its name is yielded', { path: 'b.txt' }, [asking]],
    ['the result is used already', { path: '{{ tasks.t0.result.path }}' }, [reading]],
  ])('is left alone where %s', (_, parameters, before) => {
    expect(parametersOf('file.write', parameters, before).parameters).toEqual(parameters);
  });
});
