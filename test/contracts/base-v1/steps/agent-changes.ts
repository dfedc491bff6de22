import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Changing, moving and deleting agents. */
export const agentChanges: readonly Step[] = [
  {
    name: 'an agent is changed by who has its version',
    request: 'PATCH /api/v1/agents/{child.id}',
    headers: { 'If-Match': '{child.etag}' },
    body: {
      name: 'Grandchild',
      description: 'Now described.',
      capabilities: ['text.render'],
      status: 'paused',
      llmConfig: { model: 'm' },
    },
  },
  {
    name: 'an agent is not changed by who has an older version',
    request: 'PATCH /api/v1/agents/{child.id}',
    headers: { 'If-Match': '{child.etag}' },
    body: { name: 'x' },
  },
  {
    name: 'an agent is moved to the top',
    request: 'PATCH /api/v1/agents/{child.id}',
    body: { parentAgentId: null },
  },
  { name: 'no fields change nothing', request: 'PATCH /api/v1/agents/{child.id}', body: {} },
  {
    name: 'fields that cannot be set are listed',
    request: 'PATCH /api/v1/agents/{child.id}',
    body: { id: NOBODY, childAgentIds: [], name: null },
  },
  { name: 'nobody is not changed', request: `PATCH /api/v1/agents/${NOBODY}`, body: { name: 'x' } },
  {
    name: 'an agent is not moved below itself',
    request: 'PATCH /api/v1/agents/{team.id}',
    body: { parentAgentId: '{writer.id}' },
  },
  {
    name: 'an agent is not moved below a retired one',
    request: 'PATCH /api/v1/agents/{child.id}',
    body: { parentAgentId: '{retired.id}' },
  },
  {
    name: 'an agent with others below it is not deleted',
    request: 'DELETE /api/v1/agents/{team.id}',
  },
  {
    name: 'an agent is not deleted by who has an older version',
    request: 'DELETE /api/v1/agents/{child.id}',
    headers: { 'If-Match': '{child.etag}' },
  },
  { name: 'an agent is deleted', request: 'DELETE /api/v1/agents/{child.id}' },
  { name: 'an agent is deleted once', request: 'DELETE /api/v1/agents/{child.id}' },
];
