import { newId } from '../../src/common/ids.js';
import { type Agent, NOTHING_BOOKED } from '../../src/agents/domain/agent.js';

/** An active agent that may do everything, at the root. */
export function anAgent(overrides: Partial<Agent> = {}): Agent {
  return {
    id: newId(),
    name: 'Worker',
    description: '',
    capabilities: ['*'],
    parentAgentId: null,
    status: 'active',
    maxConcurrentTasks: null,
    llmConfig: null,
    intelligenceLevel: 'basic',
    executionMode: 'strict',
    ...NOTHING_BOOKED,
    createdAt: new Date('2026-11-22T09:00:00.000Z'),
    updatedAt: new Date('2026-11-22T09:00:00.000Z'),
    ...overrides,
  };
}
