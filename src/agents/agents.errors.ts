import { ConflictError, InvalidInputError } from '../common/tandem-error.js';
import type { Agent } from './domain/agent.js';

/** A field names an agent that does not exist. `pointer` says which field. */
export function unknownAgent(pointer: string, agentId: string): InvalidInputError {
  const message = `There is no agent with the id ${JSON.stringify(agentId)}.`;
  return new InvalidInputError('unknown_agent', message, [{ code: 'unknown_agent', pointer, message }]);
}

export function parentRetired(parent: Agent): ConflictError {
  return new ConflictError(
    'parent_retired',
    `Agent ${JSON.stringify(parent.name)} (${parent.id}) is retired and takes no children. Activate it or name another parent.`,
  );
}

export function hierarchyCycle(agentId: string, parentAgentId: string): InvalidInputError {
  const message =
    agentId === parentAgentId
      ? `Agent ${agentId} cannot be its own parent.`
      : `Agent ${parentAgentId} stands below ${agentId} and cannot become its parent: the hierarchy would have a cycle.`;
  const issue = { code: 'hierarchy_cycle', pointer: '/parentAgentId', message };
  return new InvalidInputError('hierarchy_cycle', message, [issue]);
}

export function agentInUse(agent: Agent, reasons: readonly string[]): ConflictError {
  return new ConflictError(
    'agent_in_use',
    `Agent ${JSON.stringify(agent.name)} (${agent.id}) cannot be deleted: it has ${reasons.join(', ')}. Move, end or delete these first, or retire the agent.`,
    { reasons },
  );
}
