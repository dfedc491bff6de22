import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

const start = (what: string): Step => ({
  name: `a run to be ${what} is accepted`,
  request: 'POST /api/v1/workflows/{approval.id}/runs',
  headers: { 'Idempotency-Key': `${what} {approval.id}` },
  body: {},
  capture: { [`${what}.run`]: '/body/id' },
});
const asks = (what: string): Step => ({
  name: `a run to be ${what} waits for a person`,
  request: `GET /api/v1/runs/{${what}.run}`,
  until: { pointer: '/body/status', equals: 'waiting' },
});
const inbox = (what: string): Step => ({
  name: `the inbox shows what is to be ${what}`,
  request: `GET /api/v1/tasks?status=waiting&waitingFor=person&runId={${what}.run}`,
  capture: { [`${what}.task`]: '/body/items/0/id' },
});

/** What people decide. */
export const approvals: readonly Step[] = [
  start('approved'),
  asks('approved'),
  inbox('approved'),
  { name: 'a task that waits is shown', request: 'GET /api/v1/tasks/{approved.task}' },
  { name: 'a task that waits has no result', request: 'GET /api/v1/tasks/{approved.task}/result' },
  {
    name: 'everything that is wrong with an approval is listed',
    request: 'POST /api/v1/tasks/{approved.task}/approve',
    body: { by: '', comment: 7, colour: 'red' },
  },
  { name: 'no task is not approved', request: `POST /api/v1/tasks/${NOBODY}/approve`, body: {} },
  {
    name: 'an approval is accepted',
    request: 'POST /api/v1/tasks/{approved.task}/approve',
    headers: { 'Idempotency-Key': 'approve {approved.task}' },
    body: { by: 'ada', comment: 'Looks fine.' },
  },
  {
    name: 'the same approval is answered once more',
    request: 'POST /api/v1/tasks/{approved.task}/approve',
    headers: { 'Idempotency-Key': 'approve {approved.task}' },
    body: { by: 'ada', comment: 'Looks fine.' },
  },
  {
    name: 'another approval with the same key is refused',
    request: 'POST /api/v1/tasks/{approved.task}/approve',
    headers: { 'Idempotency-Key': 'approve {approved.task}' },
    body: { by: 'bob' },
  },
  {
    name: 'an approved run goes on',
    request: 'GET /api/v1/runs/{approved.run}',
    until: { pointer: '/body/status', equals: 'succeeded' },
  },
  {
    name: 'the events of an approved run tell of the wait',
    request: 'GET /api/v1/runs/{approved.run}/events',
  },
  { name: 'an approved task has a result', request: 'GET /api/v1/tasks/{approved.task}/result' },
  { name: 'a decided task is not approved', request: 'POST /api/v1/tasks/{approved.task}/approve', body: {} },
  start('rejected'),
  asks('rejected'),
  inbox('rejected'),
  {
    name: 'everything that is wrong with a rejection is listed',
    request: 'POST /api/v1/tasks/{rejected.task}/reject',
    body: { approved: false },
  },
  { name: 'no task is not rejected', request: `POST /api/v1/tasks/${NOBODY}/reject`, body: {} },
  {
    name: 'a rejection is accepted',
    request: 'POST /api/v1/tasks/{rejected.task}/reject',
    headers: { 'Idempotency-Key': 'reject {rejected.task}' },
  },
  {
    name: 'another rejection with the same key is refused',
    request: 'POST /api/v1/tasks/{rejected.task}/reject',
    headers: { 'Idempotency-Key': 'reject {rejected.task}' },
    body: { by: 'bob' },
  },
  {
    name: 'a rejected run fails',
    request: 'GET /api/v1/runs/{rejected.run}',
    until: { pointer: '/body/status', equals: 'failed' },
  },
  { name: 'a rejected task says why it failed', request: 'GET /api/v1/tasks/{rejected.task}' },
  { name: 'a decided task is not rejected', request: 'POST /api/v1/tasks/{rejected.task}/reject', body: {} },
];
