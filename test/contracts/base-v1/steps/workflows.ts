import type { Step } from '../lib/step.js';
import { APPROVAL, FAILING, GREETING, NOBODY } from './examples.js';

/** Creating, reading and changing workflows. */
export const workflows: readonly Step[] = [
  {
    name: 'a workflow is created with its definition',
    request: 'POST /api/v1/workflows',
    body: {
      name: 'Greeting',
      description: 'Greets.',
      ownerAgentId: '{team.id}',
      definition: GREETING,
      settings: {},
    },
    capture: { 'greeting.id': '/body/id', 'greeting.etag': '/headers/etag' },
  },
  {
    name: 'a workflow is created without one',
    request: 'POST /api/v1/workflows',
    body: { name: 'Empty', ownerAgentId: '{team.id}' },
    capture: { 'empty.id': '/body/id', 'empty.etag': '/headers/etag' },
  },
  {
    name: 'a workflow that asks is created',
    request: 'POST /api/v1/workflows',
    body: { name: 'Approval', ownerAgentId: '{team.id}', definition: APPROVAL },
    capture: { 'approval.id': '/body/id' },
  },
  {
    name: 'a workflow that fails is created',
    request: 'POST /api/v1/workflows',
    body: { name: 'Failing', ownerAgentId: '{team.id}', definition: FAILING },
    capture: { 'failing.id': '/body/id' },
  },
  {
    name: 'everything that is wrong with a workflow is listed',
    request: 'POST /api/v1/workflows',
    body: { name: '', ownerAgentId: 'me', settings: { colour: 'red' }, status: 'active', colour: 'red' },
  },
  {
    name: 'the owner of a workflow has to exist',
    request: 'POST /api/v1/workflows',
    body: { name: 'x', ownerAgentId: NOBODY },
  },
  {
    name: 'a definition that cannot run is not stored',
    request: 'POST /api/v1/workflows',
    body: {
      name: 'x',
      ownerAgentId: '{team.id}',
      definition: { tasks: [{ taskId: 'a', taskType: 'text.render', parameters: {}, dependencies: ['b'] }] },
    },
  },
  { name: 'a workflow is shown', request: 'GET /api/v1/workflows/{greeting.id}' },
  {
    name: 'a workflow that a client has is not sent again',
    request: 'GET /api/v1/workflows/{greeting.id}',
    headers: { 'If-None-Match': '{greeting.etag}' },
  },
  { name: 'no workflow is found', request: `GET /api/v1/workflows/${NOBODY}` },
  {
    name: 'the first page of workflows names the next',
    request: 'GET /api/v1/workflows?ownerAgentId={team.id}&limit=3',
    capture: { 'workflows.cursor': '/body/nextCursor' },
  },
  {
    name: 'the last page of workflows names none',
    request: 'GET /api/v1/workflows?ownerAgentId={team.id}&limit=3&cursor={workflows.cursor}',
  },
  {
    name: 'no workflow is archived yet',
    request: 'GET /api/v1/workflows?ownerAgentId={team.id}&status=archived',
  },
  {
    name: 'everything that is wrong with a query for workflows is listed',
    request: 'GET /api/v1/workflows?limit=201&status=gone&ownerAgentId=x&colour=red',
  },
  {
    name: 'a workflow is changed by who has its version',
    request: 'PATCH /api/v1/workflows/{empty.id}',
    headers: { 'If-Match': '{empty.etag}' },
    body: { name: 'Still empty', description: 'Nothing in it.', settings: {} },
  },
  {
    name: 'a workflow is not changed by who has an older version',
    request: 'PATCH /api/v1/workflows/{empty.id}',
    headers: { 'If-Match': '{empty.etag}' },
    body: { name: 'x' },
  },
  {
    name: 'fields of a workflow that cannot be set are listed',
    request: 'PATCH /api/v1/workflows/{empty.id}',
    body: { ownerAgentId: '{team.id}', definitionVersion: 7, status: 'gone' },
  },
  { name: 'no workflow is changed', request: `PATCH /api/v1/workflows/${NOBODY}`, body: { name: 'x' } },
];
