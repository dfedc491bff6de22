import type { Issue } from '../../common/issue.js';
import { covers } from '../../tasks/domain/capability.js';
import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import { typesOf } from '../../workflows/domain/works.js';

interface Candidate {
  readonly id: string;
  readonly capabilities: readonly string[];
  readonly status: string;
}

const keyOf = (task: TaskDefinition): string => typesOf(task).join(' ');

/** What still needs an agent: the types of each task that names none, by what `assignAgents` finds its route with. */
export function typesToRoute(definition: Definition): Map<string, readonly string[]> {
  const unnamed = definition.tasks.filter(({ agentId }) => agentId === undefined);
  return new Map(unnamed.map((task) => [keyOf(task), typesOf(task)]));
}

function whyUnfit(agent: Candidate | undefined, types: readonly string[]): string | null {
  if (agent === undefined) return 'it is not among the agents of the owner';
  if (agent.status !== 'active') return `it is ${agent.status}`;
  const missing = types.filter((type) => !agent.capabilities.some((capability) => covers(capability, type)));
  return missing.length === 0 ? null : `it has no capability for ${missing.join(', ')}`;
}

/**
 * The agent of each task by position: the one it names, if that is still fit, else the routed one. Issues where an
 * agent was paused, retired or moved since the definition was checked.
 */
export function assignAgents(
  definition: Definition,
  agents: readonly Candidate[],
  routes: ReadonlyMap<string, string | null>,
): { readonly agentIds: readonly string[] } | { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const agentIds = definition.tasks.map((task, index) => {
    const { taskId, agentId } = task;
    const chosen = agentId ?? routes.get(keyOf(task)) ?? null;
    if (chosen === null) {
      const message = `No active agent of the owner can execute ${typesOf(task).join(', ')} (task ${taskId}).`;
      issues.push({ code: 'no_capable_agent', pointer: `/tasks/${index}`, message });
      return '';
    }
    const unfit = agentId === undefined ? null : whyUnfit(byId.get(agentId), typesOf(task));
    if (unfit !== null) {
      const message = `Agent ${chosen} cannot execute task ${taskId}: ${unfit}.`;
      issues.push({ code: 'no_capable_agent', pointer: `/tasks/${index}/agentId`, message });
    }
    return chosen;
  });
  return issues.length > 0 ? { issues } : { agentIds };
}
