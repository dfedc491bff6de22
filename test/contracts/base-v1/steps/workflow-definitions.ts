import type { Step } from '../lib/step.js';
import { GREETING, NOBODY } from './examples.js';

const small = (template: string) => ({
  tasks: [{ taskId: 'a', taskType: 'text.render', parameters: { template } }],
});

/** The definition a workflow runs. */
export const workflowDefinitions: readonly Step[] = [
  {
    name: 'a definition is shown',
    request: 'GET /api/v1/workflows/{greeting.id}/definition',
    capture: { 'definition.etag': '/headers/etag' },
  },
  {
    name: 'a definition that a client has is not sent again',
    request: 'GET /api/v1/workflows/{greeting.id}/definition',
    headers: { 'If-None-Match': '{definition.etag}' },
  },
  {
    name: 'a workflow without definition shows none',
    request: 'GET /api/v1/workflows/{empty.id}/definition',
  },
  { name: 'no workflow shows no definition', request: `GET /api/v1/workflows/${NOBODY}/definition` },
  {
    name: 'an equal definition changes nothing',
    request: 'PUT /api/v1/workflows/{greeting.id}/definition',
    headers: { 'If-Match': '{definition.etag}' },
    body: GREETING,
  },
  {
    name: 'a definition is stored with its defaults',
    request: 'PUT /api/v1/workflows/{empty.id}/definition',
    body: small('first'),
    capture: { 'small.etag': '/headers/etag' },
  },
  {
    name: 'a definition is replaced',
    request: 'PUT /api/v1/workflows/{empty.id}/definition',
    body: small('second'),
  },
  { name: 'another definition raises the version', request: 'GET /api/v1/workflows/{empty.id}' },
  {
    name: 'a definition is not replaced by who has an older version',
    request: 'PUT /api/v1/workflows/{empty.id}/definition',
    headers: { 'If-Match': '{small.etag}' },
    body: small('third'),
  },
  {
    name: 'a definition to store has to be JSON',
    request: 'PUT /api/v1/workflows/{empty.id}/definition',
    body: '{"tasks":',
  },
  {
    name: 'a definition to store has to be able to run',
    request: 'PUT /api/v1/workflows/{empty.id}/definition',
    body: { tasks: [] },
  },
  {
    name: 'no workflow takes no definition',
    request: `PUT /api/v1/workflows/${NOBODY}/definition`,
    body: small('x'),
  },
  {
    name: 'a workflow to archive is created',
    request: 'POST /api/v1/workflows',
    body: { name: 'Archived', ownerAgentId: '{team.id}', definition: small('x') },
    capture: { 'archived.id': '/body/id' },
  },
  {
    name: 'a workflow is archived',
    request: 'PATCH /api/v1/workflows/{archived.id}',
    body: { status: 'archived' },
  },
  {
    name: 'a workflow without definition is created',
    request: 'POST /api/v1/workflows',
    body: { name: 'Undefined', ownerAgentId: '{team.id}' },
    capture: { 'undefined.id': '/body/id', 'undefined.etag': '/headers/etag' },
  },
];
