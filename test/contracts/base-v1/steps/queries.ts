import type { Step } from '../lib/step.js';

const ROUTES = [
  'GET /api/v1/agents/{team.id}',
  'DELETE /api/v1/agents/{team.id}',
  'GET /api/v1/agents/{team.id}/hierarchy',
  'GET /api/v1/features',
  'GET /api/v1/task-types',
  'GET /api/v1/task-types/timer.wait',
  'GET /api/v1/workflows/{greeting.id}',
  'DELETE /api/v1/workflows/{greeting.id}',
  'GET /api/v1/workflows/{greeting.id}/definition',
  'GET /api/v1/runs/{greeted.id}',
  'GET /api/v1/tasks/{greet.id}',
  'GET /api/v1/tasks/{greet.id}/result',
  'GET /health/live',
  'GET /health/ready',
  'GET /health/startup',
  'GET /metrics',
] as const;

/** Routes that take no query parameters. */
export const queries: readonly Step[] = ROUTES.map((route) => ({
  name: `no query is taken by ${route}`,
  request: `${route}?colour=red`,
}));
