import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Reading tasks. */
export const tasks: readonly Step[] = [
  { name: 'a task is shown', request: 'GET /api/v1/tasks/{greet.id}' },
  { name: 'no task is found', request: `GET /api/v1/tasks/${NOBODY}` },
  { name: 'the result of a task is shown', request: 'GET /api/v1/tasks/{greet.id}/result' },
  { name: 'no task has no result', request: `GET /api/v1/tasks/${NOBODY}/result` },
  {
    name: 'the first page of tasks names the next',
    request: 'GET /api/v1/tasks?runId={greeted.id}&limit=1',
    capture: { 'all.cursor': '/body/nextCursor' },
  },
  {
    name: 'the last page of tasks names none',
    request: 'GET /api/v1/tasks?runId={greeted.id}&limit=1&cursor={all.cursor}',
  },
  {
    name: 'tasks are filtered by all that is given',
    request: 'GET /api/v1/tasks?runId={failed.id}&agentId={team.id}&taskType=data.validate&status=failed',
  },
  {
    name: 'a task that waits for a timer is found',
    request: 'GET /api/v1/tasks?runId={hour.run}&status=waiting&waitingFor=timer',
    until: { pointer: '/body/items/0/status', equals: 'waiting' },
  },
  {
    name: 'everything that is wrong with a query for tasks is listed',
    request: 'GET /api/v1/tasks?status=gone&waitingFor=nothing&runId=x&agentId=x&cursor=x&colour=red',
  },
];
