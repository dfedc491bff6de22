import type { Step } from '../lib/step.js';

/** Probes, metrics, the document, and what is no route. */
export const monitoring: readonly Step[] = [
  { name: 'the process is alive', request: 'GET /health/live' },
  { name: 'the process is ready', request: 'GET /health/ready' },
  { name: 'the process has started', request: 'GET /health/startup' },
  { name: 'the metrics have names, types and labels', request: 'GET /metrics' },
  { name: 'the documentation is a page', request: 'GET /docs' },
  { name: 'the document is JSON', request: 'GET /docs-json', varies: { '/body': 'anything' } },
  { name: 'what is no route is not found', request: 'GET /api/v1/no-such-route' },
  { name: 'a path that cannot be read is malformed', request: 'GET /%zz' },
];
