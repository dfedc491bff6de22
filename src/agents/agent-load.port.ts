import { Port } from '../common/ports.js';

/** How much agents have to do now. */
export interface AgentLoad {
  /** Tasks that have not ended, by agent; an agent without any may be missing. One query, whatever the number. */
  liveTaskCounts(agentIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** Contributed by `execution`; without it nobody has anything to do. */
export const AGENT_LOAD = new Port<AgentLoad>('AGENT_LOAD', {
  liveTaskCounts: () => Promise.resolve(new Map()),
});
