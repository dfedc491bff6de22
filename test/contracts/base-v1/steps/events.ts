import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Following runs, and resuming at any point of their life. */
export const events: readonly Step[] = [
  { name: 'the events of a run are told from the first', request: 'GET /api/v1/runs/{greeted.id}/events' },
  {
    name: 'the events of a run are told after a number',
    request: 'GET /api/v1/runs/{greeted.id}/events?after=6',
  },
  {
    name: 'a reader that comes back is told what it missed',
    request: 'GET /api/v1/runs/{greeted.id}/events?after=1',
    headers: { 'Last-Event-ID': '7' },
  },
  {
    name: 'a reader that has all is told to stay away',
    request: 'GET /api/v1/runs/{greeted.id}/events',
    headers: { 'Last-Event-ID': '1000' },
  },
  {
    name: 'events come after a number',
    request: 'GET /api/v1/runs/{greeted.id}/events?after=x&colour=red',
  },
  { name: 'no run has no events', request: `GET /api/v1/runs/${NOBODY}/events` },
  {
    name: 'a run that waits a moment is accepted',
    request: 'POST /api/v1/agents/{team.id}/tasks',
    headers: { 'Idempotency-Key': 'timer {team.id}' },
    body: { taskType: 'timer.wait', parameters: { seconds: 0.3 } },
    capture: { 'timer.run': '/body/id' },
  },
  {
    name: 'a run is followed to its end',
    request: 'GET /api/v1/runs/{timer.run}/events',
  },
  { name: 'a timer says how long it waited', request: 'GET /api/v1/runs/{timer.run}' },
];
