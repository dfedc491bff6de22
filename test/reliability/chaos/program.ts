// npm run test:reliability: three processes under load and faults; ends with 1 and says what broke. See README.md.
import { parseArgs } from 'node:util';
import { CRASH_POINTS } from './crash-points.js';
import { Harness } from './harness.js';
import { KillRound } from './kills.js';
import { playRound, type Round, type RoundResult } from './play.js';
import { network, restarts, stops } from './rounds.js';
import { flips } from './switches.js';
import { printResults } from './summary.js';
import { type Variant, VARIANTS } from './variants.js';

const USAGE = `npm run test:reliability -- [options]
  --round kills|stops|restarts|network|switches   only rounds of this kind (may be repeated)
  --short                                a tenth of everything
  --seed <number>                        the same choices again
  --point <name>                         kills at this crash point only (may be repeated)
  --variant <name>|all                   a broken variant (${VARIANTS.map(({ name }) => name).join(', ')}): ends well when the harness notices`;

const { values } = parseArgs({
  options: {
    round: { type: 'string', multiple: true },
    point: { type: 'string', multiple: true },
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    variant: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const SETTLE_MS = 60_000;
const startedAt = performance.now();
const report = (line: string): void => {
  console.log(`[${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s] ${line}`);
};

/** Of a child and its parent there are more: 50 at least. */
const timesOf = (name: string): number => (name.startsWith('child-') ? 13 : 3);

function allRounds(): Round[] {
  const share = values.short ? 0.1 : 1;
  const names = values.point ?? CRASH_POINTS.map(({ name }) => name);
  const points = names.flatMap((name) => Array<string>(values.short ? 1 : timesOf(name)).fill(name));
  const kills = Math.max(points.length, 200 * share);
  const parts = values.short ? 1 : 4;
  const part = Math.ceil(points.length / parts);
  const killRounds = Array.from({ length: parts }, (_, index): Round => ({
    name: `kills ${index + 1} of ${parts}`,
    faults: (harness) =>
      new KillRound(harness, {
        kills: Math.ceil(kills / parts),
        // Each part gets some of every point.
        points: points.filter((_point, place) => place % parts === index).slice(0, part),
      }).run(),
  }));
  return [
    ...killRounds,
    { name: 'stops', faults: stops(20 * share) },
    { name: 'restarts', faults: restarts(10 * share) },
    { name: 'network 1 of 2', faults: network(150 * share) },
    { name: 'network 2 of 2', faults: network(150 * share) },
  ].filter(({ name }) => values.round === undefined || values.round.some((kind) => name.startsWith(kind)));
}

/** With models that may help, while every switch is turned. */
function switchRounds(): Round[] {
  const seconds = values.short ? 30 : 300;
  const kills = values.short ? 5 : 50;
  const rounds: Round[] = [
    {
      name: 'switches and kills',
      faults: async (harness) => {
        const killing = new KillRound(harness, { kills, points: [], withinMs: seconds * 1_000 })
          .run()
          // Whoever was killed last is started again: somebody has to answer.
          .finally(() => harness.parts.fleet.heal());
        return (await Promise.all([flips({ seconds, checksQuiet: true })(harness), killing])).flat();
      },
    },
    {
      name: 'switches and restarts',
      faults: async (harness) => {
        const faults = [flips({ seconds, checksQuiet: false }), restarts(values.short ? 3 : 30)];
        return (await Promise.all(faults.map((each) => each(harness)))).flat();
      },
    },
  ];
  return values.round === undefined || values.round.includes('switches') ? rounds : [];
}

async function playAll(
  rounds: readonly Round[],
  seed: number,
  { variant, hasModels = false }: { readonly variant?: Variant; readonly hasModels?: boolean } = {},
): Promise<RoundResult[]> {
  if (rounds.length === 0) return [];
  const harness = await Harness.start({ seed, report, hasModels, replacements: variant?.replacements ?? [] });
  const results: RoundResult[] = [];
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= harness.close());
  // Whoever stops the harness is left with no process of it.
  const stop = (): void => void close().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for (const round of rounds)
      results.push(await playRound(harness, round, variant === undefined ? SETTLE_MS : 10_000));
    printResults(harness, results);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await close();
  }
  return results;
}

async function playVariant(variant: Variant, seed: number): Promise<boolean> {
  report(`Variant ${variant.name}: the harness has to notice`);
  const results = await playAll([variant.round], seed, { variant });
  const found = results.flatMap(({ broken }) => broken).filter(({ rule }) => variant.finds.test(rule));
  report(`Variant ${variant.name}: ${found.length > 0 ? `noticed, ${found.length} times` : 'NOT noticed'}`);
  return found.length > 0;
}

async function main(): Promise<boolean> {
  if (values.help) {
    console.log(USAGE);
    return true;
  }
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  report(`seed ${seed}`);
  if (values.variant === undefined) {
    const results = [
      ...(await playAll(allRounds(), seed)),
      ...(await playAll(switchRounds(), seed, { hasModels: true })),
    ];
    return results.length > 0 && results.every(({ broken }) => broken.length === 0);
  }
  const variants = VARIANTS.filter(({ name }) => values.variant === 'all' || name === values.variant);
  let allNoticed = variants.length > 0;
  for (const variant of variants) allNoticed = (await playVariant(variant, seed)) && allNoticed;
  return allNoticed;
}

const isWell = await main();
report(isWell ? 'All is well.' : 'Something broke.');
process.exit(isWell ? 0 : 1);
