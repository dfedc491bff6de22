import type { JsonValue } from '../../../common/json.js';
import type { PlanningAgent } from '../../domain/catalogue-entry.js';
import { NearName } from './near-name.js';
import { textOf } from './raw-task.js';
import { meansNothing } from './read-dependencies.js';
import { quoted, type Repairs } from './repairs.js';

const MAX_PROPOSED = 20;
const ANYBODY = new Set(['any', 'auto', 'default', 'system', 'anyone']);

/** Finds agents by id or by name. */
export class AgentReader {
  private readonly byId: ReadonlyMap<string, PlanningAgent>;
  private readonly byName: ReadonlyMap<string, readonly PlanningAgent[]>;
  private readonly near: NearName;

  constructor(
    private readonly agents: readonly PlanningAgent[],
    private readonly repairs: Repairs,
  ) {
    this.byId = new Map(agents.map((agent) => [agent.id.toLowerCase(), agent]));
    this.byName = Map.groupBy(agents, ({ name }) => name);
    this.near = new NearName(this.byName.keys());
  }

  /** Who executes a task; null: nobody was named. A name nobody has is an issue and stays. */
  read(raw: JsonValue | undefined, from: number): string | null {
    const name = textOf(raw)?.trim() ?? null;
    if (raw === undefined || (name !== null && meansNothing(name))) return null;
    const path = ['tasks', from, 'agentId'];
    const agent = name === null ? undefined : this.find(name);
    if (name !== null && agent === undefined && ANYBODY.has(name.toLowerCase())) {
      this.repairs.mended('agent_dropped', path, `${quoted(name)} names nobody, so whoever can executes it.`);
      return null;
    }
    if (agent === undefined) {
      const known = this.agents.slice(0, MAX_PROPOSED).map(({ id }) => id);
      this.repairs.broken('unknown_agent', path, `There is no agent ${quoted(raw)}.`, known);
      return name;
    }
    if (agent.id !== name)
      this.repairs.respelled('agent_mended', path, `${quoted(name)} became ${quoted(agent.id)}.`);
    return agent.id;
  }

  private find(name: string): PlanningAgent | undefined {
    const byId = this.byId.get(name.replace(/^\{(.*)\}$/, '$1').toLowerCase());
    if (byId !== undefined) return byId;
    const called = this.byName.get(this.near.find(name) ?? '') ?? [];
    return called.length === 1 ? called[0] : undefined;
  }
}
