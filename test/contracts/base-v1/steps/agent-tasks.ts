import type { Step } from '../lib/step.js';
import { NOBODY } from './examples.js';

/** Single tasks given to agents. */
export const agentTasks: readonly Step[] = [
  {
    name: 'one task is waited for',
    request: 'POST /api/v1/agents/{writer.id}/tasks?wait=30',
    body: {
      taskType: 'text.render',
      description: 'Says hello.',
      parameters: { template: 'Hello {{ name }}!', data: { name: 'world' } },
      timeoutSeconds: 20,
      retry: { maxAttempts: 2, initialDelaySeconds: 1, maxDelaySeconds: 2 },
      priority: 9,
    },
    capture: { 'single.task': '/body/task/id' },
  },
  {
    name: 'one task is accepted',
    request: 'POST /api/v1/agents/{writer.id}/tasks',
    headers: { 'Idempotency-Key': 'task {writer.id}' },
    body: { taskType: 'text.render', parameters: { template: 'x' } },
  },
  {
    name: 'the same task is answered once more',
    request: 'POST /api/v1/agents/{writer.id}/tasks',
    headers: { 'Idempotency-Key': 'task {writer.id}' },
    body: { taskType: 'text.render', parameters: { template: 'x' } },
  },
  {
    name: 'everything that is wrong with the request for a task is listed',
    request: 'POST /api/v1/agents/{writer.id}/tasks',
    body: {
      taskType: '',
      parameters: [],
      timeoutSeconds: 0,
      retry: { maxAttempts: 0 },
      priority: 10,
      colour: 'red',
    },
  },
  {
    name: 'a task that cannot be executed is refused',
    request: 'POST /api/v1/agents/{writer.id}/tasks',
    body: { taskType: 'text.render', parameters: { colour: 'red' } },
  },
  {
    name: 'a task beyond the capabilities of an agent is refused',
    request: 'POST /api/v1/agents/{writer.id}/tasks',
    body: { taskType: 'file.read', parameters: { path: 'x' } },
  },
  {
    name: 'a paused agent takes no tasks',
    request: 'POST /api/v1/agents/{paused.id}/tasks',
    body: { taskType: 'file.read', parameters: { path: 'x' } },
  },
  {
    name: 'nobody takes no tasks',
    request: `POST /api/v1/agents/${NOBODY}/tasks`,
    body: { taskType: 'text.render', parameters: { template: 'x' } },
  },
  {
    name: 'a task with a large result is waited for',
    request: 'POST /api/v1/agents/{writer.id}/tasks?wait=30',
    body: {
      taskType: 'data.transform',
      parameters: { input: 40_000, expression: '$pad("", $, "x")' },
    },
    capture: { 'large.task': '/body/task/id' },
  },
  { name: 'a large result is shown in full', request: 'GET /api/v1/tasks/{large.task}/result' },
  {
    name: 'a task that waits for an hour is accepted',
    request: 'POST /api/v1/agents/{team.id}/tasks',
    headers: { 'Idempotency-Key': 'hour {team.id}' },
    body: { taskType: 'timer.wait', parameters: { seconds: 3600 } },
    capture: { 'hour.run': '/body/id' },
  },
];
