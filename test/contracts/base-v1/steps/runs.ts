import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Starting and reading runs. */
export const runs: readonly Step[] = [
  {
    name: 'a run is waited for',
    request: 'POST /api/v1/workflows/{greeting.id}/runs?wait=30',
    body: { input: { name: 'Ada' } },
    capture: { 'greeted.id': '/body/id' },
  },
  {
    name: 'a run is accepted',
    request: 'POST /api/v1/workflows/{greeting.id}/runs',
    headers: { 'Idempotency-Key': 'run {greeting.id}' },
    body: { input: { name: 'Bob' } },
    capture: { 'second.id': '/body/id' },
  },
  {
    name: 'the same start is answered once more',
    request: 'POST /api/v1/workflows/{greeting.id}/runs',
    headers: { 'Idempotency-Key': 'run {greeting.id}' },
    body: { input: { name: 'Bob' } },
  },
  {
    name: 'another start with the same key is refused',
    request: 'POST /api/v1/workflows/{greeting.id}/runs',
    headers: { 'Idempotency-Key': 'run {greeting.id}' },
    body: { input: { name: 'Eve' } },
  },
  {
    name: 'an input that does not fit is refused with every issue',
    request: 'POST /api/v1/workflows/{greeting.id}/runs',
    body: { input: { name: 7 } },
  },
  {
    name: 'everything that is wrong with a start is listed',
    request: 'POST /api/v1/workflows/{greeting.id}/runs',
    body: { input: {}, colour: 'red' },
  },
  {
    name: 'nobody waits longer than a minute',
    request: 'POST /api/v1/workflows/{greeting.id}/runs?wait=61',
    body: {},
  },
  { name: 'no workflow does not start', request: `POST /api/v1/workflows/${NOBODY}/runs`, body: {} },
  {
    name: 'a workflow without definition does not start',
    request: 'POST /api/v1/workflows/{undefined.id}/runs',
    body: {},
  },
  {
    name: 'an archived workflow does not start',
    request: 'POST /api/v1/workflows/{archived.id}/runs',
    body: {},
  },
  {
    name: 'a run is shown',
    request: 'GET /api/v1/runs/{second.id}',
    until: { pointer: '/body/status', equals: 'succeeded' },
  },
  { name: 'no run is found', request: `GET /api/v1/runs/${NOBODY}` },
  {
    name: 'the first page of runs names the next',
    request: 'GET /api/v1/runs?workflowId={greeting.id}&limit=1',
    capture: { 'runs.cursor': '/body/nextCursor' },
  },
  {
    name: 'the last page of runs names none',
    request: 'GET /api/v1/runs?workflowId={greeting.id}&limit=1&cursor={runs.cursor}',
  },
  {
    name: 'runs are filtered by all that is given',
    request:
      'GET /api/v1/runs?workflowId={greeting.id}&status=failed&createdAfter=2020-01-01T00:00:00%2B01:00',
  },
  {
    name: 'everything that is wrong with a query for runs is listed',
    request: 'GET /api/v1/runs?limit=x&status=gone&workflowId=x&createdAfter=today&colour=red',
  },
  {
    name: 'the tasks of a run are listed in the order of the definition',
    request: 'GET /api/v1/runs/{greeted.id}/tasks',
    capture: { 'greet.id': '/body/items/0/id' },
  },
  {
    name: 'the first page of the tasks of a run names the next',
    request: 'GET /api/v1/runs/{greeted.id}/tasks?limit=1',
    capture: { 'tasks.cursor': '/body/nextCursor' },
  },
  {
    name: 'the last page of the tasks of a run names none',
    request: 'GET /api/v1/runs/{greeted.id}/tasks?limit=1&cursor={tasks.cursor}',
  },
  { name: 'no task of the run has failed', request: 'GET /api/v1/runs/{greeted.id}/tasks?status=failed' },
  {
    name: 'everything that is wrong with a query for the tasks of a run is listed',
    request: 'GET /api/v1/runs/{greeted.id}/tasks?status=gone&limit=0&colour=red',
  },
  { name: 'no run has no tasks', request: `GET /api/v1/runs/${NOBODY}/tasks` },
];
