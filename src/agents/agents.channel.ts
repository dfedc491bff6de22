import type { IntelligenceLevel } from '../common/intelligence.js';
import type { Agent } from './domain/agent.js';

/** NOTIFY channel: an agent was created or changed. A hint: whoever listens also reads what may have been lost. */
export const AGENTS_CHANNEL = 'tandem_agents';

/** What listeners need at once, without a look at the row. */
export type AgentNotice = Pick<Agent, 'id' | 'intelligenceLevel'>;

export const agentNotice = ({ id, intelligenceLevel }: AgentNotice): string => `${id} ${intelligenceLevel}`;

export function readAgentNotice(payload: string): AgentNotice {
  const [id = '', intelligenceLevel = 'basic'] = payload.split(' ');
  return { id, intelligenceLevel: intelligenceLevel as IntelligenceLevel };
}
