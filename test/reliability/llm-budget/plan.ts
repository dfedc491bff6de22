import type { Query } from '../invariants.js';
import type { Chance } from '../chaos/chance.js';
import { PRICES } from './billing-provider.js';
import type { PlannedCall } from './messages.js';

/** For whom calls are made. The first of each kind has the tightest budget. */
export interface World {
  readonly agents: readonly string[];
  readonly workflows: readonly string[];
  readonly runs: readonly string[];
}

/** The same with the same seed: what a call meets depends on it. */
function idOf(chance: Chance): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => chance.whole(0, 15).toString(16)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
}
const ids = (chance: Chance, count: number): string[] => Array.from({ length: count }, () => idOf(chance));

export async function makeWorld(query: Query, chance: Chance): Promise<World> {
  const agents = ids(chance, 4);
  for (const agent of agents) await query(`insert into agents (id, name) values ($1, 'asks')`, [agent]);
  return { agents, workflows: ids(chance, 4), runs: ids(chance, 8) };
}

export interface PlanSettings {
  readonly timeoutMs: number;
  /** Every request has the same size, so the same bound. */
  readonly isUniform: boolean;
}

/** Calls over all kinds of scopes; two of five in the first workflow, some in none. */
export function planCalls(
  chance: Chance,
  world: World,
  count: number,
  { timeoutMs, isUniform }: PlanSettings,
): PlannedCall[] {
  return Array.from({ length: count }, (): PlannedCall => {
    const taskId = idOf(chance);
    const place = chance.next();
    const workflow = place < 0.4 ? 0 : chance.whole(1, 3);
    const hasWorkflow = place < 0.7;
    return {
      context: {
        taskId,
        agentId: chance.is(0.9) ? chance.pick(world.agents) : null,
        workflowId: hasWorkflow ? (world.workflows[workflow] as string) : null,
        runId: hasWorkflow ? (world.runs[2 * workflow + chance.whole(0, 1)] as string) : null,
      },
      text: `call ${taskId}${isUniform ? '' : ' and so on'.repeat(chance.whole(0, 80))}`,
      maxOutputTokens: isUniform ? 64 : chance.pick([16, 64, 256]),
      timeoutMs,
    };
  });
}

/** Upper bound of a request of so many bytes: each can be the dearest token there is. */
export const boundOf = (bytes: number, maxOutputTokens: number): bigint =>
  BigInt(bytes) * PRICES.cacheWrite + BigInt(maxOutputTokens) * PRICES.output;
