import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Api, ApiError } from './api.ts';

const eventSchema = z.object({
  sequence: z.int(),
  type: z.string(),
  taskId: z.string().optional(),
  at: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
});
export type RunEvent = z.output<typeof eventSchema>;

const RECONNECT_MS = 300;
const MAX_RECONNECTS = 30;
const isLast = ({ type }: RunEvent): boolean => /^run\.(succeeded|failed|cancelled)$/.test(type);

/** The events in a stream of server-sent events; heartbeats and other lines are passed over. */
async function* readStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<RunEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines)
      if (line.startsWith('data: ')) yield eventSchema.parse(JSON.parse(line.slice('data: '.length)));
  }
}

async function* fromThere(api: Api, runId: string, after: number): AsyncGenerator<RunEvent> {
  const answer = await api.request(`/runs/${runId}/events`, { headers: { 'last-event-id': String(after) } });
  if (answer.body !== null) yield* readStream(answer.body);
}

/** All events of a run to its last one, each once, over any disconnect that does not last. */
export async function* runEvents(api: Api, runId: string): AsyncGenerator<RunEvent> {
  let after = 0;
  for (let reconnects = 0; reconnects < MAX_RECONNECTS; reconnects++) {
    try {
      for await (const event of fromThere(api, runId, after)) {
        after = event.sequence;
        reconnects = 0;
        yield event;
        if (isLast(event)) return;
      }
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) throw error;
    }
    await sleep(RECONNECT_MS);
  }
  throw new Error(`The connection to ${api.origin} is lost. The run goes on where it is executed.`);
}
