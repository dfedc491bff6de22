// `node --import ./scripts/ts-loader.mjs bench/plan-quality/memory-eval.ts [--data DIR] [--sets a,b]`: what plan memory
// brings on every set at once; `DIR` holds `gold-plans` and `recorded-model-plans`.
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { type GoldRequest, readCatalogue, readRequests, type Tool } from './gold-files.js';
import { planKey } from './history.js';
import { measure, type Quality, type Trial } from './measure.js';
import { memoryPlanner } from './memory-planner.js';
import { makeWorld } from './memory-world.js';
import { type MeasuredPlanner, rulesPlanner } from './planners.js';
import { renderTable } from './report.js';

/** Requests with the history each is planned with. */
interface Fold {
  readonly history: readonly GoldRequest[];
  readonly requests: readonly GoldRequest[];
}
interface EvaluationSet {
  readonly name: string;
  tools(): readonly Tool[];
  folds(): readonly Fold[];
}

const FOLDS = 5;
const WORLDS = [
  { name: 'usual', seed: 7, fresh: 0.35, noise: 0.2, unsaid: 0.15 },
  { name: 'varied', seed: 21, fresh: 0.7, noise: 0.25, unsaid: 0.15 },
] as const;
const TESTS = 400;

const crossed = (requests: readonly GoldRequest[], folds: number): Fold[] =>
  Array.from({ length: folds }, (_, fold) => ({
    history: requests.filter((_, at) => at % folds !== fold),
    requests: requests.filter((_, at) => at % folds === fold),
  }));

const worldSets = WORLDS.flatMap(({ name, ...options }) =>
  [50, 100, 500, 3_000].map((plans): EvaluationSet => {
    const made = () => {
      const world = makeWorld(options);
      const requests = world.draw(TESTS);
      return { tools: world.tools, folds: [{ requests, history: world.draw(plans) }] };
    };
    return { name: `${name} world, ${plans}`, tools: () => made().tools, folds: () => made().folds };
  }),
);

const goldSet = (data: string, name: string): EvaluationSet => ({
  name: `${name}, leave one out`,
  tools: () => readCatalogue(`${data}/gold-plans/${name}-tools.json`),
  folds: () => {
    const requests = readRequests(`${data}/gold-plans/${name}.jsonl`);
    return crossed(requests, requests.length);
  },
});

/** Recorded plans of each model. Those with tools nobody has are left out. */
function recorded(data: string, name: string): ReadonlyMap<string, readonly GoldRequest[]> {
  const path = `${data}/recorded-model-plans/${name}.jsonl`;
  const tools = new Set(readCatalogue(path.replace('.jsonl', '-tools.json')).map((one) => one.name));
  const models = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { readonly model: string; readonly id: string; readonly user_request: string },
    );
  const byModel = new Map<string, GoldRequest[]>();
  const modelOf = new Map(models.map(({ id, user_request: text }) => [`${id} ${text}`, [] as string[]]));
  for (const { model, id, user_request: text } of models) modelOf.get(`${id} ${text}`)?.push(model);
  for (const request of readRequests(path)) {
    const model = modelOf.get(`${request.id} ${request.text}`)?.shift() ?? '';
    if (!request.gold.nodes.every((node) => tools.has(node))) continue;
    byModel.set(model, [...(byModel.get(model) ?? []), request]);
  }
  return byModel;
}

function recordedSets(data: string, name: string): EvaluationSet[] {
  const tools = () => readCatalogue(`${data}/recorded-model-plans/${name}-tools.json`);
  const [first, second] = ['CodeLlama-13b', 'mistral-7b'] as const;
  const of = (model: string) => recorded(data, name).get(model) ?? [];
  const agreed = (): readonly GoldRequest[] => {
    const others = new Map(of(second).map((request) => [request.id, planKey(request.gold)]));
    return of(first).filter(({ id, gold }) => others.get(id) === planKey(gold));
  };
  return [
    ...[first, second].map((model) => ({
      ...{ name: `${name}, ${model}`, tools, folds: () => crossed(of(model), FOLDS) },
    })),
    {
      ...{ name: `${name}, both agree`, tools },
      folds: () =>
        agreed().map((request) => ({
          requests: [request],
          history: [...of(first), ...of(second)].filter(({ id }) => id !== request.id),
        })),
    },
  ];
}

const transferSet = (data: string): EvaluationSet => ({
  name: 'multimedia, taught by models',
  tools: () => readCatalogue(`${data}/gold-plans/multimedia-tools.json`),
  folds: () => {
    const requests = readRequests(`${data}/gold-plans/multimedia.jsonl`);
    const ids = new Set(requests.map(({ id }) => id));
    const history = [...recorded(data, 'multimedia').values()].flat().filter(({ id }) => !ids.has(id));
    return [{ requests, history }];
  },
});

export const evaluationSets = (data: string | undefined): readonly EvaluationSet[] => [
  ...(data === undefined
    ? []
    : [
        ...['dailylife', 'multimedia', 'tmdb'].map((name) => goldSet(data, name)),
        ...['huggingface', 'multimedia'].flatMap((name) => recordedSets(data, name)),
        transferSet(data),
      ]),
  ...worldSets,
];

/** The planner without history and plan memory on one set. */
export function evaluate(
  set: EvaluationSet,
  build: typeof memoryPlanner = memoryPlanner,
): readonly Quality[] {
  const tools = set.tools();
  const names = new Set(tools.map(({ name }) => name));
  const plain = rulesPlanner(tools);
  const trials = set.folds().flatMap(({ history, requests }): Trial[] => {
    const planner: MeasuredPlanner = build(tools, history, plain);
    return requests.map((request) => ({ request, planner }));
  });
  return [
    ...measure(
      `${set.name}: rules`,
      trials.map(({ request }) => ({ request, planner: plain })),
      names,
    ),
    ...measure(`${set.name}: memory`, trials, names),
  ];
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({ options: { data: { type: 'string' }, sets: { type: 'string' } } });
  const wanted = values.sets?.split(',');
  const sets = evaluationSets(values.data).filter(
    ({ name }) => wanted === undefined || wanted.some((one) => name.includes(one)),
  );
  const qualities: Quality[] = [];
  for (const set of sets) {
    const start = performance.now();
    qualities.push(...evaluate(set));
    console.error(`${set.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  console.log(renderTable(qualities));
}
