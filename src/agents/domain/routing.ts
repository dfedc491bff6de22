import { specificity } from '../../tasks/domain/capability.js';
import type { AgentStatus } from './agent.js';

/** An agent of an owner's subtree, as far as routing is concerned. */
export interface RoutableAgent {
  readonly id: string;
  readonly capabilities: readonly string[];
  readonly status: AgentStatus;
}

/** Live tasks by agent; an agent that is missing has none. */
export type Loads = ReadonlyMap<string, number>;

/** Task types one agent must cover, by any key. Their first is the one it is chosen for. */
export type Demands = ReadonlyMap<string, readonly string[]>;

/** The equally fit agents of each demand; empty: nobody is capable. */
export type Shortlists = ReadonlyMap<string, readonly string[]>;

/** How specifically each agent, by position, covers a type; -1: not at all. */
type Fits = readonly number[];

function fitsOf(agents: readonly RoutableAgent[], taskType: string): Fits {
  return agents.map(({ status, capabilities }) =>
    status === 'active'
      ? Math.max(-1, ...capabilities.map((capability) => specificity(capability, taskType)))
      : -1,
  );
}

function shortlist(agents: readonly RoutableAgent[], [fits = [], ...besides]: readonly Fits[]): string[] {
  let best = 0;
  let ids: string[] = [];
  agents.forEach(({ id }, at) => {
    const fit = fits[at] ?? -1;
    if (fit < best || besides.some((others) => others[at] === -1)) return;
    if (fit > best) ids = [];
    best = fit;
    ids.push(id);
  });
  return ids;
}

/**
 * Of each demand the ids of the active agents that cover all its types and whose capability names the first most
 * specifically, in the order they were given.
 */
export function shortlistAll(agents: readonly RoutableAgent[], demands: Demands): Shortlists {
  const types = new Set([...demands.values()].flat());
  const fitsByType = new Map([...types].map((taskType) => [taskType, fitsOf(agents, taskType)]));
  return new Map(
    [...demands].map(([key, taskTypes]) => {
      const fits = taskTypes.map((taskType) => fitsByType.get(taskType) as Fits);
      return [key, shortlist(agents, fits)];
    }),
  );
}

/** Agents whose load decides something: those of shortlists of two or more. Each once, in order of id. */
export function tiedAgentIds(shortlists: Shortlists): string[] {
  const tied = [...shortlists.values()].filter((ids) => ids.length > 1);
  return [...new Set(tied.flat())].sort();
}

/** The least loaded of a shortlist, then the smallest id; null when it is empty. */
export function leastLoaded(ids: readonly string[], loads: Loads): string | null {
  let chosen: string | null = null;
  for (const id of ids) {
    if (chosen === null) chosen = id;
    const [load, least] = [loads.get(id) ?? 0, loads.get(chosen) ?? 0];
    if (load < least || (load === least && id < chosen)) chosen = id;
  }
  return chosen;
}

/** The agent of each demand, null where nobody is capable. Give it the loads of `tiedAgentIds`. */
export function chooseAll(shortlists: Shortlists, loads: Loads): Map<string, string | null> {
  return new Map([...shortlists].map(([key, ids]) => [key, leastLoaded(ids, loads)]));
}
