import type { ApiDescription } from './common/http/openapi/openapi-document.js';

/** What the OpenAPI document says of the service as a whole; every tag of a controller is described here. */
export const API_DESCRIPTION: ApiDescription = {
  title: 'Tandem',
  version: '1',
  description: [
    'Durable agent workflows: deterministic first, language models only where policy, switch and budget allow it.',
    'Ids are UUIDv7, times RFC 3339 in UTC, durations in seconds, money decimal strings in USD. Every answer that is',
    'not a success is a problem (RFC 9457, `application/problem+json`) with a stable `code` and all errors at once.',
    'Lists take `limit` and `cursor` and answer `{ items, nextCursor }`.',
  ].join('\n'),
  tags: {
    Access: 'Who did what.',
    Agents: 'Named worker identities with capabilities, in a hierarchy.',
    Budgets: 'What model calls may cost, and did.',
    Definitions: 'Checking a task graph without storing it.',
    Features: 'Switches, for whom they are on, and who turned them.',
    Inference: 'When and what models may help a run with, what was decided, what was learned.',
    'Model use': 'How models are used and what they cost, by time, function, model, agent and workflow.',
    Models: 'Providers, models with their prices, and the record of every call.',
    Monitoring: 'Probes and metrics, for machines.',
    Planning: 'What plans taught; parts of a task, a better order.',
    Plans: 'Proposals of a definition: from a sentence or a person, compared, approved, rejected.',
    Runs: 'Executions of a definition: start, follow, cancel, retry.',
    Schedules: 'Times of a calendar at which workflows are run.',
    Tasks: 'Nodes of runs: results, approvals.',
    'Task types': 'What a task can be in this deployment.',
    Webhooks: 'Who is told of the end of runs.',
    Workflows: 'Named, owned definitions that can be run many times.',
  },
};
