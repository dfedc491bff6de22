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

/** The equally fit agents of each task type; empty: nobody is capable. */
export type Shortlists = ReadonlyMap<string, readonly string[]>;

function bestSpecificity(agent: RoutableAgent, taskType: string): number {
  return Math.max(-1, ...agent.capabilities.map((capability) => specificity(capability, taskType)));
}

/** Ids of the active agents whose capability names the type most specifically, in the order they were given. */
export function shortlist(agents: readonly RoutableAgent[], taskType: string): string[] {
  let best = 0;
  let ids: string[] = [];
  for (const agent of agents) {
    if (agent.status !== 'active') continue;
    const fit = bestSpecificity(agent, taskType);
    if (fit < best) continue;
    if (fit > best) ids = [];
    best = fit;
    ids.push(agent.id);
  }
  return ids;
}

export function shortlistAll(agents: readonly RoutableAgent[], taskTypes: readonly string[]): Shortlists {
  return new Map(taskTypes.map((taskType) => [taskType, shortlist(agents, taskType)]));
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

/** The agent of each task type, null where nobody is capable. Give it the loads of `tiedAgentIds`. */
export function chooseAll(shortlists: Shortlists, loads: Loads): Map<string, string | null> {
  return new Map([...shortlists].map(([taskType, ids]) => [taskType, leastLoaded(ids, loads)]));
}

/** Routes one task type: most specific capability, then least loaded, then id; null when nobody is capable. */
export function routeTask(agents: readonly RoutableAgent[], taskType: string, loads: Loads): string | null {
  return leastLoaded(shortlist(agents, taskType), loads);
}
