import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Runs that fail, are cancelled, and are run again. */
export const cancelAndRetry: readonly Step[] = [
  {
    name: 'a run fails with the task that was needed',
    request: 'POST /api/v1/workflows/{failing.id}/runs?wait=30',
    body: {},
    capture: { 'failed.id': '/body/id' },
  },
  { name: 'the tasks of a failed run say how they ended', request: 'GET /api/v1/runs/{failed.id}/tasks' },
  { name: 'the events of a failed run say what happened', request: 'GET /api/v1/runs/{failed.id}/events' },
  {
    name: 'a retry is accepted as a new run',
    request: 'POST /api/v1/runs/{failed.id}/retry',
    headers: { 'Idempotency-Key': 'retry {failed.id}' },
    capture: { 'retried.id': '/body/id' },
  },
  {
    name: 'the same retry is answered once more',
    request: 'POST /api/v1/runs/{failed.id}/retry',
    headers: { 'Idempotency-Key': 'retry {failed.id}' },
  },
  {
    name: 'another retry with the same key is refused',
    request: 'POST /api/v1/runs/{failed.id}/retry',
    headers: { 'Idempotency-Key': 'retry {failed.id}' },
    body: { colour: 'red' },
  },
  {
    name: 'a retry takes over what succeeded',
    request: 'GET /api/v1/runs/{retried.id}',
    until: { pointer: '/body/status', equals: 'failed' },
  },
  { name: 'the tasks of a retry say where they come from', request: 'GET /api/v1/runs/{retried.id}/tasks' },
  { name: 'a retry is waited for', request: 'POST /api/v1/runs/{failed.id}/retry?wait=30' },
  { name: 'a run that succeeded is not retried', request: 'POST /api/v1/runs/{greeted.id}/retry' },
  { name: 'a retry waits for a number of seconds', request: 'POST /api/v1/runs/{failed.id}/retry?wait=x' },
  { name: 'no run is not retried', request: `POST /api/v1/runs/${NOBODY}/retry` },
  {
    name: 'a run that asks is accepted',
    request: 'POST /api/v1/workflows/{approval.id}/runs',
    headers: { 'Idempotency-Key': 'cancelled {approval.id}' },
    body: {},
    capture: { 'cancelled.id': '/body/id' },
  },
  {
    name: 'a run that asks waits',
    request: 'GET /api/v1/runs/{cancelled.id}',
    until: { pointer: '/body/status', equals: 'waiting' },
  },
  {
    name: 'a cancel is accepted',
    request: 'POST /api/v1/runs/{cancelled.id}/cancel',
    headers: { 'Idempotency-Key': 'cancel {cancelled.id}' },
  },
  {
    name: 'the same cancel is answered once more',
    request: 'POST /api/v1/runs/{cancelled.id}/cancel',
    headers: { 'Idempotency-Key': 'cancel {cancelled.id}' },
  },
  {
    name: 'another cancel with the same key is refused',
    request: 'POST /api/v1/runs/{cancelled.id}/cancel',
    headers: { 'Idempotency-Key': 'cancel {cancelled.id}' },
    body: { colour: 'red' },
  },
  {
    name: 'a run is cancelled',
    request: 'GET /api/v1/runs/{cancelled.id}',
    until: { pointer: '/body/status', equals: 'cancelled' },
  },
  { name: 'the events of a cancelled run say so', request: 'GET /api/v1/runs/{cancelled.id}/events' },
  { name: 'a run that has ended is not cancelled', request: 'POST /api/v1/runs/{cancelled.id}/cancel' },
  {
    name: 'a cancel waits for a number of seconds',
    request: 'POST /api/v1/runs/{cancelled.id}/cancel?wait=-1&colour=red',
  },
  { name: 'no run is not cancelled', request: `POST /api/v1/runs/${NOBODY}/cancel` },
  {
    name: 'another run that asks is accepted',
    request: 'POST /api/v1/workflows/{approval.id}/runs',
    headers: { 'Idempotency-Key': 'waited {approval.id}' },
    body: {},
    capture: { 'waited.id': '/body/id' },
  },
  {
    name: 'another run that asks waits',
    request: 'GET /api/v1/runs/{waited.id}',
    until: { pointer: '/body/status', equals: 'waiting' },
  },
  {
    name: 'a cancel is waited for',
    request: 'POST /api/v1/runs/{waited.id}/cancel?wait=30',
  },
];
