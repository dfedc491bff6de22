import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Deleting what is used, and what is not any more. */
export const removals: readonly Step[] = [
  {
    name: 'a workflow that runs is started',
    request: 'POST /api/v1/workflows/{approval.id}/runs',
    headers: { 'Idempotency-Key': 'removal {approval.id}' },
    body: {},
    capture: { 'live.run': '/body/id' },
  },
  {
    name: 'a workflow that runs waits',
    request: 'GET /api/v1/runs/{live.run}',
    until: { pointer: '/body/status', equals: 'waiting' },
  },
  { name: 'a workflow that runs is not deleted', request: 'DELETE /api/v1/workflows/{approval.id}' },
  { name: 'an agent in use is not deleted', request: 'DELETE /api/v1/agents/{team.id}' },
  { name: 'what still runs is cancelled', request: 'POST /api/v1/runs/{live.run}/cancel?wait=30' },
  { name: 'what waits for a timer is cancelled', request: 'POST /api/v1/runs/{hour.run}/cancel?wait=30' },
  {
    name: 'a workflow is renamed before it is deleted',
    request: 'PATCH /api/v1/workflows/{undefined.id}',
    body: { name: 'Renamed' },
  },
  {
    name: 'a workflow is not deleted by who has an older version',
    request: 'DELETE /api/v1/workflows/{undefined.id}',
    headers: { 'If-Match': '{undefined.etag}' },
  },
  { name: 'a workflow is deleted', request: 'DELETE /api/v1/workflows/{approval.id}' },
  { name: 'a deleted workflow is not found', request: `DELETE /api/v1/workflows/{approval.id}` },
  { name: 'the runs of a deleted workflow are kept', request: 'GET /api/v1/runs/{approved.run}' },
  { name: 'no workflow is not deleted', request: `DELETE /api/v1/workflows/${NOBODY}` },
];
