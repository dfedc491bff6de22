import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readAnswer } from '../../../examples/plan/answer-person.ts';
import { example } from '../../../examples/plan/example.ts';
import { itemsHostIn } from '../../../examples/plan/items-server.ts';
import { taskTree } from '../../../examples/plan/task-tree.ts';
import { Api } from '../../../scripts/lib/api.ts';
import { freePort } from '../../support/free-port.js';
import { startTestApp, testLlmSettings, type TestApp } from '../../support/test-app.js';

const task = (taskId: string, dependencies: string[] = [], more: object = {}) => ({
  ...{ taskId, taskType: 't.x', parameters: {}, dependencies, ...more },
});

describe('the tree of a plan', () => {
  it('shows each task once, below the last one it waits for', () => {
    const tasks = [task('a'), task('b', ['a']), task('c', ['a']), task('d', ['b', 'c']), task('e')];
    expect(taskTree(tasks)).toEqual([
      'a · t.x',
      '├─ b · t.x',
      '└─ c · t.x',
      '   └─ d · t.x',
      '           also after b',
      'e · t.x',
    ]);
  });

  it('says what a task is given, and when it runs', () => {
    const parameters = { path: 'a.json', input: '{{ tasks.a.result.content }}', all: '{{ tasks.a.result }}' };
    const when = { value: '{{ tasks.a.result.answer }}', equals: true };
    expect(taskTree([task('a'), task('b', ['a'], { parameters, when })]).slice(2)).toEqual([
      '        only if a.answer equals true',
      '        path "a.json" · input ← a.content · all ← a',
    ]);
  });

  it('cuts long values, and plans nobody can read', () => {
    const [, line = ''] = taskTree([task('a', [], { parameters: { text: 'x'.repeat(100) } })]);
    expect(line).toBe(`     text "${'x'.repeat(58)}…`);
    const many = Array.from({ length: 70 }, (_, index) => task(`t${index}`, index ? [`t${index - 1}`] : []));
    expect(taskTree(many).slice(-2)).toEqual([`${'   '.repeat(58)}└─ t59 · t.x`, '… 10 more tasks']);
  });
});

describe('an answer at the terminal', () => {
  it.each([
    ['true', true],
    ['{"a":1}', { a: 1 }],
    ['as you like', 'as you like'],
    ['', ''],
  ])('%j is %j', (text, answer) => expect(readAnswer(text)).toEqual(answer));
});

describe('the items', () => {
  it.each([
    ['Fetch http://127.0.0.1:3210/items.json, then', '127.0.0.1:3210'],
    ['Fetch http://127.0.0.1/items.json', null],
    ['Fetch http://10.0.0.1:80/items.json', null],
  ])('of %j are served at %j', (sentence, host) => expect(itemsHostIn(sentence)).toBe(host));
});

/** A port of loopback nobody listens on. */
const LOCK = {
  packages: {
    'node_modules/a': { version: '1.0.0', license: 'MIT' },
    'node_modules/b': { version: '2.0.0', license: 'ISC' },
    'node_modules/c': { version: '3.0.0', license: 'MIT' },
  },
};
const COUNT = 'Read package-lock.json, count the packages per licence, then write the result to counts.json';
const REPORT =
  'Read package-lock.json, then count the packages per licence and render a report that lists them, then write it to report.md';

describe('npm run example plan', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'tandem-plan-example-'));
  let test: TestApp;
  let port: number;
  let printed: string[];
  const wasTerminal = process.stdin.isTTY;
  beforeAll(async () => {
    writeFileSync(join(workspace, 'package-lock.json'), JSON.stringify(LOCK));
    mkdirSync(join(workspace, 'examples'));
    cpSync('examples/plan', join(workspace, 'examples/plan'), { recursive: true });
    port = await freePort();
    const llm = testLlmSettings({ script: 'examples/plan/script.json', provider: 'scripted' });
    const httpAllowedHosts = [`127.0.0.1:${port}`];
    test = await startTestApp({ config: { workspace, httpAllowedHosts, llm } });
  });
  afterAll(async () => {
    await test.close();
    rmSync(workspace, { recursive: true });
  });
  beforeEach(() => {
    printed = [];
    const keep = (text: unknown) => void printed.push(String(text));
    jest.spyOn(console, 'log').mockImplementation(keep);
    jest.spyOn(console, 'error').mockImplementation(keep);
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    process.stdin.isTTY = false;
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.stdin.isTTY = wasTerminal;
  });

  async function run(...args: string[]): Promise<{ code: number; text: string }> {
    const prepared = example.prepare(args);
    if ('usageError' in prepared) throw new Error(prepared.usageError);
    const code = await prepared.run(new Api(test.base));
    return { code, text: printed.join('\n') };
  }
  const written = (name: string) => readFileSync(join(test.dataDirectory, 'files', name), 'utf8');

  it('shows what to write where there is no sentence', () => {
    const prepared = example.prepare(['--yes']);
    expect('usageError' in prepared && prepared.usageError).toContain(`plan -- "${COUNT}"`);
  });

  it('lets a Tandem it starts reach the items of the sentence, and nothing for another', () => {
    const allowed = (sentence: string) => (example.prepare([sentence]) as { env: object }).env;
    expect(allowed(`Fetch http://127.0.0.1:${port}/items.json`)).toHaveProperty(
      'HTTP_ALLOWED_HOSTS',
      expect.stringMatching(new RegExp(`(^|,)127\\.0\\.0\\.1:${port}$`)),
    );
    expect(allowed('Fetch http://10.0.0.1/items.json')).not.toHaveProperty('HTTP_ALLOWED_HOSTS');
  });

  it('approves nothing where there is nobody to ask', async () => {
    const { code, text } = await run(REPORT);
    expect(code).toBe(1);
    expect(text).toContain('Run again with --yes');
    const [, planId = ''] = /\/plans\/([0-9a-f-]+)\/approve/.exec(text) ?? [];
    expect((await test.http('GET', `/api/v1/plans/${planId}`)).body.status).toBe('draft');
  });

  it('asks a model, shows the repair and its price, and runs the plan', async () => {
    const { code, text } = await run(COUNT, '--yes');
    expect(code).toBe(0);
    expect(text).toMatch(/Plan, version \d+, by a model \(allowed\)/);
    const [, calls = ''] = text.split('Calls of the model');
    const [first, told, , second] = calls.trim().split('\n');
    expect(first).toMatch(/^1\. scripted:scripted invalid, 0\.\d{9} USD$/);
    expect(told).toContain('/tasks/1/parameters/operation');
    expect(second).toMatch(/^ {2}2\. scripted:scripted answered, 0\.\d{9} USD$/);
    expect(JSON.parse(written('counts.json'))).toEqual({ MIT: 2, ISC: 1 });
    expect(text).toContain('"MIT": 2');
  });

  it('takes the kept answer the second time', async () => {
    const { code, text } = await run(COUNT, '--yes');
    expect(code).toBe(0);
    expect(text).toContain('by a model, out of the cache');
    expect(text).toContain('this plan did cost 0.000000000 USD');
  });

  it('plans by rules what the script has no answer to', async () => {
    const { code, text } = await run(REPORT, '--yes');
    expect(code).toBe(0);
    expect(text).toContain('by rules (');
    expect(text).toContain('  ! Planned without a model');
    expect(written('report.md')).toBe('- MIT: 2\n- ISC: 1\n');
    expect(text).toContain('  - MIT: 2\n  - ISC: 1');
  });

  it('serves the items a sentence fetches, until it has ended', async () => {
    const url = `http://127.0.0.1:${port}/items.json`;
    const sentence = `Fetch ${url}, validate it against examples/plan/items.schema.json, and save the items to items.csv`;
    expect((await run(sentence, '--yes')).code).toBe(0);
    expect(written('items.csv')).toBe('sku,price,stock\ndesk,180,4\nlamp,45.5,31\nchair,99,12\n');
    await expect(fetch(url)).rejects.toThrow();
  });

  it('says why a run has failed', async () => {
    const { code, text } = await run('Read no-such-file.json and write it to copy.json', '--yes');
    expect(code).toBe(1);
    expect(text).toContain('The run ended as failed (task_failed).');
  });
});
