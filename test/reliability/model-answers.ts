/** Answers of models as they should be, and everything that may go wrong with them, by a seed. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Task {
  [field: string]: Json;
}
interface Answer {
  summary: string;
  tasks: Task[];
}

/** Numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)] as T;

const STEPS: readonly ((from: string) => { taskType: string; parameters: Record<string, string> })[] = [
  (from) => ({ taskType: 'text.summarize', parameters: { text: from, maxSentences: '3' } }),
  (from) => ({ taskType: 'file.write', parameters: { path: '"out.md"', content: from } }),
  () => ({ taskType: 'http.request', parameters: { url: '"https://host.test/a"', expectStatus: '[200]' } }),
  () => ({ taskType: 'human.task', parameters: { question: '"Is this right?"' } }),
  () => ({ taskType: 'file.read', parameters: { path: '"notes.json"', parse: '"json"' } }),
];

function taskOf(random: Random, index: number): Task {
  const before = index === 0 ? null : `t${below(random, index)}`;
  const from = before === null ? '"Some long text."' : `{{ tasks.${before}.result }}`;
  const { taskType, parameters } = pick(random, STEPS)(from);
  return {
    id: `t${index}`,
    taskType,
    description: `Step ${index}`,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
    dependsOn: before === null ? [] : [before],
    agentId: '',
    when: [],
  };
}

export function anAnswer(random: Random, count = 1 + below(random, 8)): Answer {
  return { summary: 'Does it.', tasks: Array.from({ length: count }, (_, index) => taskOf(random, index)) };
}

function nested(levels: number): Json {
  let value: Json = 'deep';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const parsed = (text: string): Json => JSON.parse(text) as Json;
const REFERENCES = [
  ...['<node-0>', '<t0>', '${t0.output}', '{{t0}}', '{{ t1.result.text }}', '$t0.result', 'result of step 1'],
  ...['{{', '{{ tasks.t0.result', '{{ tasks.none.result }}', '}} {{', '[output_from_step_2]', 'output of t0'],
];
const TYPES = [
  'fileRead',
  'read',
  'FILE WRITE',
  'summarise',
  'text.sumarize',
  'none.such',
  '',
  'http',
  'edit image',
];
const STRANGE: readonly (() => Json)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => '',
  () => [],
  () => ({}),
  () => [null, [], {}],
  () => ({ name: 'x', value: { y: [1] } }),
  () => 'a\u0000b',
  () => 'a\ud800b',
  () => parsed('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}'),
  () => nested(99),
  () => nested(1_000),
];
const FIELDS = ['id', 'taskType', 'description', 'parameters', 'dependsOn', 'agentId', 'when'];
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  id: ['task_id', 'name', 'step'],
  taskType: ['type', 'tool', 'task_type', 'action'],
  parameters: ['args', 'arguments', 'inputs'],
  dependsOn: ['depends_on', 'dependencies', 'after'],
};

type Mutation = (answer: Answer, random: Random) => unknown;

const task = (answer: Answer, random: Random): Task => pick(random, answer.tasks);
const onTask =
  (change: (task: Task, random: Random, answer: Answer) => void): Mutation =>
  (answer, random) => {
    if (answer.tasks.length > 0) change(task(answer, random), random, answer);
    return answer;
  };

/** A text parameter of a task becomes another. */
const withText = (text: (random: Random) => string): Mutation =>
  onTask((one, random) => {
    const list = Array.isArray(one['parameters']) ? one['parameters'] : [];
    const first = list[0];
    if (typeof first === 'object' && first !== null && !Array.isArray(first)) first['value'] = text(random);
  });

const USUAL: readonly Mutation[] = [
  onTask((one, random) => delete one[pick(random, FIELDS)]),
  onTask((one, random) => (one[pick(random, FIELDS)] = pick(random, STRANGE)())),
  onTask((one, random, answer) => answer.tasks.splice(below(random, answer.tasks.length), 0, { ...one })),
  onTask((_, random, answer) => answer.tasks.splice(below(random, answer.tasks.length), 1)),
  onTask((one, random) => (one['taskType'] = pick(random, TYPES))),
  onTask((one, random) => (one['id'] = pick(random, ['T0', 'Step 1', 'a b!', 'ü', '__proto__', '7']))),
  onTask((one, random, answer) => (one['dependsOn'] = [`t${below(random, answer.tasks.length + 1)}`])),
  onTask(
    (one, random) => (one['dependsOn'] = pick<Json>(random, ['step 1', [1], '', 'none', ['T0', 't-0', {}]])),
  ),
  onTask((one, random) => {
    const field = pick(random, Object.keys(ALIASES));
    one[pick(random, ALIASES[field]!)] = one[field] ?? null;
    delete one[field];
  }),
  onTask((one) => (one['parameters'] = parsed('{"__proto__":"x","path":5,"text":["a"],"content":"[1]"}'))),
  onTask((one) => (one['parameters'] = ['example.jpg', '<node-0>', 'a text'])),
  withText((random) => pick(random, REFERENCES)),
  withText(() => `"${'\\'.repeat(50)}`),
  ({ tasks }) => tasks,
  ({ tasks }) => ({ plan: { steps: tasks } }),
  (answer) => ({ ...answer, links: [{ source: 't0', target: 't1' }, { source: 1 }, null] }),
  (_, random) => pick(random, STRANGE)(),
];
const HEAVY: readonly Mutation[] = [
  withText(() => 'x'.repeat(2_000_000)),
  withText(() => '{{ run.input ?? {'.repeat(120_000)),
  withText(() => '{{'.repeat(1_000_000)),
  withText(() => '<'.repeat(2_000_000)),
  withText(() => `[${'1,'.repeat(700_000)}1]`),
  withText(() => '['.repeat(2_000_000)),
  withText(() => `${'['.repeat(1_000)}${']'.repeat(1_000)}`),
  onTask((one) => (one['id'] = '-'.repeat(2_000_000))),
  onTask((one) => (one['taskType'] = 'readFile'.repeat(250_000))),
  onTask((one) => (one['description'] = '\ud800'.repeat(1_000_000))),
  onTask((one) => (one['dependsOn'] = 'a,'.repeat(1_000_000))),
  (_, random) => anAnswer(random, 10_000),
  (_, random) => {
    const answer = anAnswer(random, 500);
    for (const [index, one] of answer.tasks.entries()) one['taskType'] = `wrong.type-${index}`;
    return answer;
  },
  (_, random) => {
    const answer = anAnswer(random, 500);
    for (const [index, one] of answer.tasks.entries())
      one['dependsOn'] = [`t${(index + 1) % 500}`, `x${index}`];
    return answer;
  },
];
/** One of so many answers is a heavy one. */
const HEAVY_EVERY = 50;

/** The answer of a seed: as it should be, changed one to three times. */
export function aMutatedAnswer(seed: number): unknown {
  const random = randomOf(seed);
  let answer: unknown = anAnswer(random);
  if (seed % HEAVY_EVERY === 0) return HEAVY[(seed / HEAVY_EVERY) % HEAVY.length]!(answer as Answer, random);
  for (let left = 1 + below(random, 3); left > 0; left -= 1) {
    const isWhole = typeof answer === 'object' && answer !== null && Array.isArray((answer as Answer).tasks);
    if (isWhole) answer = pick(random, USUAL)(answer as Answer, random);
  }
  return answer;
}
