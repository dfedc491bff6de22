import { createServer, type Server } from 'node:http';

/** Where the service is in workflow.json; another port does as well. */
export const DEFAULT_PORT = 3211;

/** What the service says when it is not ready; no other service says that. */
export const REBUILDING = 'the search index of the sample service is being rebuilt';

/** How the service is during one incident. */
export interface Condition {
  readonly checks: number;
  readonly isIndexed: boolean;
}

/** null: nothing for as long as anybody waits. */
type Answer = { readonly status: number; readonly body: object } | null;

/** What the service answers in a condition. Pure. */
export function answerTo(path: string, query: URLSearchParams, { checks, isIndexed }: Condition): Answer {
  const say = (status: number, body: object): Answer => ({ status, body });
  switch (path) {
    case 'health':
      return checks === 0 ? null : say(200, { status: 'stuck', waitingRequests: 1_204 });
    case 'notice':
      return say(410, { error: 'the status page has moved' });
    case 'supervisor/restart':
      return say(503, { error: 'the supervisor does not reach the process' });
    case 'host/restart':
      return say(200, { by: 'host' });
    case 'ready':
      if (isIndexed) return say(200, { status: 'ready', searchIndex: 'complete' });
      if (query.get('index') === 'optional') return say(200, { status: 'ready', searchIndex: 'rebuilding' });
      return say(503, { error: REBUILDING, hint: '?index=optional is answered without it' });
    default:
      return say(404, { error: 'there is nothing here' });
  }
}

export interface SampleService {
  /** What a person at the service can do: the index is there from now on. */
  finishIndex(incident: number): void;
  stop(): Promise<void>;
}

const AT_FIRST: Condition = { checks: 0, isIndexed: false };

function serve(conditions: Map<number, Condition>): Server {
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://service');
    const [, digits, path = ''] = /^\/incidents\/(\d+)\/(.*)$/.exec(pathname) ?? [];
    const incident = Number(digits);
    const condition = conditions.get(incident) ?? AT_FIRST;
    const answer = answerTo(path, searchParams, condition);
    if (path === 'health') conditions.set(incident, { ...condition, checks: condition.checks + 1 });
    if (answer === null) return;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
}

/** Serves on loopback until `stop()`; each incident begins anew. Fails with a sentence when the port is taken. */
export async function startSampleService(port: number): Promise<SampleService> {
  const conditions = new Map<number, Condition>();
  const server = serve(conditions);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`The service cannot be served: ${error.message}.`)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    finishIndex: (incident) =>
      void conditions.set(incident, { ...(conditions.get(incident) ?? AT_FIRST), isIndexed: true }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
