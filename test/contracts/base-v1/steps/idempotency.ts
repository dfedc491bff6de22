import type { Step } from '../lib/step.js';
import { GREETING } from './examples.js';

/** What a route does with a key the second time, and with the same key for something else. */
const once = (what: string, request: Step['request'], body: { readonly [key: string]: string }): Step[] => {
  const headers = { 'Idempotency-Key': `${what} {team.id}` };
  return [
    { name: `${what}: a key is new`, request, headers, body },
    { name: `${what}: the same is answered once more`, request, headers, body },
    { name: `${what}: the key is not for another body`, request, headers, body: { ...body, name: 'Other' } },
  ];
};

/** Repeating what may have been done. Runs and tasks show this where they are started. */
export const idempotency: readonly Step[] = [
  ...once('an agent', 'POST /api/v1/agents', { name: 'Once' }),
  ...once('a child', 'POST /api/v1/agents/{team.id}/children', { name: 'Once' }),
  ...once('a workflow', 'POST /api/v1/workflows', { name: 'Once', ownerAgentId: '{team.id}' }),
  {
    name: 'a check has a key',
    request: 'POST /api/v1/definitions/validate',
    headers: { 'Idempotency-Key': 'check {team.id}' },
    body: { tasks: [] },
  },
  {
    name: 'a check is not for another body',
    request: 'POST /api/v1/definitions/validate',
    headers: { 'Idempotency-Key': 'check {team.id}' },
    body: GREETING,
  },
  {
    name: 'a key is no longer than 255 characters',
    request: 'POST /api/v1/agents',
    headers: { 'Idempotency-Key': 'x'.repeat(256) },
    body: { name: 'x' },
  },
];
