import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Creating and reading agents. */
export const agents: readonly Step[] = [
  {
    name: 'an agent is created',
    request: 'POST /api/v1/agents',
    headers: { 'X-Request-Id': 'base-v1' },
    body: {
      name: 'Team',
      description: 'Owns what the scenario makes.',
      capabilities: ['*'],
      llmConfig: { provider: 'openai', model: 'm', temperature: 0.5, maxOutputTokens: 100 },
    },
    capture: { 'team.id': '/body/id', 'team.etag': '/headers/etag' },
  },
  {
    name: 'a name is enough for an agent',
    request: 'POST /api/v1/agents',
    body: { name: 'Retired', status: 'retired' },
    capture: { 'retired.id': '/body/id' },
  },
  {
    name: 'an agent is created below another',
    request: 'POST /api/v1/agents',
    body: { name: 'Writer', capabilities: ['text.*', 'data.transform'], parentAgentId: '{team.id}' },
    capture: { 'writer.id': '/body/id' },
  },
  {
    name: 'everything that is wrong with an agent is listed',
    request: 'POST /api/v1/agents',
    body: {
      name: ' ',
      description: 7,
      capabilities: ['Http', 'a.b', 'a.b'],
      parentAgentId: 'root',
      status: 'gone',
      llmConfig: { temperature: 3, colour: 'red' },
      colour: 'red',
    },
  },
  { name: 'a body that is not JSON is malformed', request: 'POST /api/v1/agents', body: '{"name":' },
  {
    name: 'text that cannot be stored is malformed',
    request: 'POST /api/v1/agents',
    body: '{"name":"\\u0000"}',
  },
  {
    name: 'a body of another type is refused',
    request: 'POST /api/v1/agents',
    headers: { 'content-type': 'text/plain' },
    body: 'name=x',
  },
  {
    name: 'a body over 8 MiB is too large',
    request: 'POST /api/v1/agents',
    body: JSON.stringify({ name: 'x', description: 'x'.repeat(8 * 1024 * 1024) }),
  },
  {
    name: 'a parent that does not exist is refused',
    request: 'POST /api/v1/agents',
    body: { name: 'x', parentAgentId: NOBODY },
  },
  {
    name: 'a retired agent takes no children',
    request: 'POST /api/v1/agents',
    body: { name: 'x', parentAgentId: '{retired.id}' },
  },
  {
    name: 'an agent spawns a child with its own capabilities',
    request: 'POST /api/v1/agents/{writer.id}/children',
    body: { name: 'Child' },
    capture: { 'child.id': '/body/id', 'child.etag': '/headers/etag' },
  },
  {
    name: 'an agent spawns a child with fewer capabilities',
    request: 'POST /api/v1/agents/{team.id}/children',
    body: {
      name: 'Reader',
      description: 'Reads.',
      capabilities: ['file.read'],
      status: 'paused',
      llmConfig: null,
    },
    capture: { 'paused.id': '/body/id' },
  },
  {
    name: 'a child names no parent',
    request: 'POST /api/v1/agents/{team.id}/children',
    body: { name: 'x', parentAgentId: '{team.id}' },
  },
  {
    name: 'nobody has no children',
    request: `POST /api/v1/agents/${NOBODY}/children`,
    body: { name: 'x' },
  },
  {
    name: 'a retired agent spawns none',
    request: 'POST /api/v1/agents/{retired.id}/children',
    body: { name: 'x' },
  },
  { name: 'an agent is shown with its children', request: 'GET /api/v1/agents/{team.id}' },
  {
    name: 'an agent that a client has is not sent again',
    request: 'GET /api/v1/agents/{team.id}',
    headers: { 'If-None-Match': '{team.etag}' },
  },
  { name: 'nobody is not found', request: `GET /api/v1/agents/${NOBODY}` },
  { name: 'what is no id is not found', request: 'GET /api/v1/agents/nobody' },
  {
    name: 'the first page of agents names the next',
    request: 'GET /api/v1/agents?parentAgentId={team.id}&limit=1',
    capture: { 'agents.cursor': '/body/nextCursor' },
  },
  {
    name: 'the last page of agents names none',
    request: 'GET /api/v1/agents?parentAgentId={team.id}&limit=1&cursor={agents.cursor}',
  },
  {
    name: 'agents are filtered by all that is given',
    request: 'GET /api/v1/agents?parentAgentId={team.id}&status=active&capability=text.render&name=Writer',
  },
  {
    name: 'everything that is wrong with a query is listed',
    request: 'GET /api/v1/agents?limit=0&status=gone&parentAgentId=x&capability=A&colour=red',
  },
  { name: 'a cursor of nothing is malformed', request: 'GET /api/v1/agents?cursor=nonsense' },
  { name: 'the tree below an agent is shown', request: 'GET /api/v1/agents/{team.id}/hierarchy' },
  { name: 'nobody has no tree', request: `GET /api/v1/agents/${NOBODY}/hierarchy` },
];
