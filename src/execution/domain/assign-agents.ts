import type { Issue } from '../../common/issue.js';
import { covers } from '../../tasks/domain/capability.js';
import type { Definition } from '../../workflows/domain/definition.js';

interface Candidate {
  readonly id: string;
  readonly capabilities: readonly string[];
  readonly status: string;
}

/** Task types of a definition that still need an agent. */
export function typesToRoute(definition: Definition): string[] {
  return [
    ...new Set(
      definition.tasks.filter(({ agentId }) => agentId === undefined).map(({ taskType }) => taskType),
    ),
  ];
}

function whyUnfit(agent: Candidate | undefined, taskType: string): string | null {
  if (agent === undefined) return 'it is not among the agents of the owner';
  if (agent.status !== 'active') return `it is ${agent.status}`;
  return agent.capabilities.some((capability) => covers(capability, taskType))
    ? null
    : `it has no capability for ${taskType}`;
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
  const agentIds = definition.tasks.map(({ taskId, taskType, agentId }, index) => {
    const chosen = agentId ?? routes.get(taskType) ?? null;
    if (chosen === null) {
      const message = `No active agent of the owner can execute ${taskType} (task ${taskId}).`;
      issues.push({ code: 'no_capable_agent', pointer: `/tasks/${index}`, message });
      return '';
    }
    const unfit = agentId === undefined ? null : whyUnfit(byId.get(agentId), taskType);
    if (unfit !== null) {
      const message = `Agent ${chosen} cannot execute task ${taskId}: ${unfit}.`;
      issues.push({ code: 'no_capable_agent', pointer: `/tasks/${index}/agentId`, message });
    }
    return chosen;
  });
  return issues.length > 0 ? { issues } : { agentIds };
}
