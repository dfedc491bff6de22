import type { IncidentRun } from './incident-run.ts';
import type { LearnedRule } from './learned-rules.ts';

type Expectation = readonly [holds: boolean, otherwise: string];

const brokenOf = (expectations: readonly Expectation[]): string[] =>
  expectations.filter(([holds]) => !holds).map(([, otherwise]) => otherwise);

const recoveriesOf = ({ recoveries }: IncidentRun): string =>
  recoveries.map(({ taskId, action, source }) => `${taskId}: ${action} by ${source}`).join(', ') || 'nothing';

const howEnded = ({ status, reason }: IncidentRun): string => `${status} (${reason ?? 'no reason'})`;

/** In which way a run by rules was not what this example shows. Pure. */
export function differencesByRules(run: IncidentRun): string[] {
  const done = recoveriesOf(run);
  return brokenOf([
    [run.status === 'succeeded', `The run ended as ${howEnded(run)}.`],
    [done === 'verify: ask_person by twin', `A person was to be asked about verify; done was ${done}.`],
    [run.calls === 0, `No model was to be asked; there were ${run.calls} calls.`],
  ]);
}

const ASSISTED: ReadonlySet<string> = new Set(['model', 'cache']);
const sourceOf = ({ recoveries }: IncidentRun): string =>
  recoveries.length === 1 ? (recoveries[0]?.source ?? '') : `${recoveries.length} recoveries`;

/** In which way five runs with a model were not what this example shows. Pure. */
export function differencesOfFive(
  runs: readonly IncidentRun[],
  rules: readonly LearnedRule[],
  nextTime: string,
): string[] {
  const broken = brokenOf(
    runs.map((run, index) => [run.status === 'succeeded', `Run ${index + 1} ended as ${howEnded(run)}.`]),
  );
  return broken.length > 0 ? broken : differencesOfSources(runs, rules, nextTime);
}

function differencesOfSources(
  runs: readonly IncidentRun[],
  rules: readonly LearnedRule[],
  nextTime: string,
): string[] {
  const sources = runs.map(sourceOf);
  const byModels = sources.findIndex((source) => !ASSISTED.has(source));
  const list = runs.map(recoveriesOf).join('; ');
  return brokenOf([
    [sources[0] === 'model', `The first recovery was to be by a model; done was: ${list}.`],
    [sources.at(-1) === 'rule', `The last recovery was to be by a rule; done was: ${list}.`],
    [
      byModels === -1 || sources.slice(byModels).every((source) => source === 'rule'),
      `Models were to help until a rule did; done was: ${list}.`,
    ],
    ...runs.map(({ calls }, index): Expectation => [
      calls === 0 || sources[index] !== 'rule',
      `Run ${index + 1} was recovered by a rule, and yet a model was called ${calls} times.`,
    ]),
    [rules.some(({ status }) => status === 'active'), 'No rule is active, although one was to be learned.'],
    [nextTime === 'rule_known', `The next time a rule was to be known; the gate says ${nextTime}.`],
  ]);
}
