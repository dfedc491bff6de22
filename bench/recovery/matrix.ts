import type { BenchServer } from '../bench-server.js';
import { type Cell, CELLS, isWorse, type Kind, OUTCOMES, type Outcome } from './cells.js';
import { type ModelName, MODELS } from './models.js';
import { forEach, RecoveryWorld } from './world.js';

const AT_ONCE = 24;
const SHOWN = { succeeded: 'recovered', waiting: 'asked', failed: 'failed' } as const;

/** Of each provider what became of each cell, by the position of the cell. */
export type Matrix = Readonly<Record<ModelName | 'none', readonly Outcome[]>>;

const definitionOf = ({ effect, more }: Kind, owner: string, other: string) => ({
  tasks: [
    {
      ...{ taskId: 'step', taskType: 'ops.step', agentId: owner, dependencies: [] },
      retry: { maxAttempts: 1, initialDelaySeconds: 0, maxDelaySeconds: 0 },
      parameters: {
        message: '{{ run.input.message }}',
        class: '{{ run.input.class }}',
        cure: '{{ run.input.cure }}',
        ...{ goodAgentId: other, effect },
      },
      ...more,
    },
  ],
});

async function play(world: RecoveryWorld): Promise<Outcome[]> {
  const workflows = new Map<string, Promise<string>>();
  const make = async ({ level, mode, kind }: Cell, teams: Map<string, ReturnType<RecoveryWorld['team']>>) => {
    const team = teams.get(`${level} ${mode}`) ?? world.team(level, mode);
    teams.set(`${level} ${mode}`, team);
    const { owner, other } = await team;
    return world.workflow(owner, definitionOf(kind, owner, other));
  };
  const teams = new Map<string, ReturnType<RecoveryWorld['team']>>();
  const outcomes: Outcome[] = [];
  await forEach([...CELLS.entries()], AT_ONCE, async ([index, cell]) => {
    const key = `${cell.level} ${cell.mode} ${cell.kind.name}`;
    const workflow = workflows.get(key) ?? make(cell, teams);
    workflows.set(key, workflow);
    const input = { message: `Cell ${cell.word} is stuck.`, class: cell.errorClass, cure: cell.kind.cure };
    outcomes[index] = SHOWN[await world.play(await workflow, input)];
  });
  return outcomes;
}

/** Every cell without a model and with each one. */
export async function playMatrix(server: BenchServer): Promise<Matrix> {
  const matrix: Partial<Record<ModelName | 'none', Outcome[]>> = {};
  for (const name of ['none', ...(Object.keys(MODELS) as ModelName[])] as const) {
    console.error(`recovery: ${CELLS.length} cells, provider ${name} …`);
    const world = await RecoveryWorld.start(server, name, name === 'none' ? null : MODELS[name]);
    try {
      matrix[name] = await play(world);
    } finally {
      await world.close();
    }
  }
  return matrix as Matrix;
}

/** Cells a provider made worse than rules alone, in words. */
export function worseCells(matrix: Matrix): string[] {
  return (Object.keys(MODELS) as ModelName[]).flatMap((name) =>
    CELLS.flatMap(({ errorClass, kind, level, mode }, index) => {
      const [outcome, rules] = [matrix[name][index] as Outcome, matrix.none[index] as Outcome];
      return isWorse(outcome, rules)
        ? [`${name}: ${errorClass}, ${kind.name}, ${level}, ${mode}: ${outcome}, by rules ${rules}`]
        : [];
    }),
  );
}

/** Cells of a provider that ended so. */
export const countOf = (outcomes: readonly Outcome[], outcome: Outcome): number =>
  outcomes.filter((each) => each === outcome).length;

/** Counts in the order of `OUTCOMES`. */
export const countsOf = (outcomes: readonly Outcome[]): number[] =>
  OUTCOMES.map((each) => countOf(outcomes, each));
