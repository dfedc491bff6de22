import { z } from 'zod';
import { type Api, ApiError } from '../../scripts/lib/api.ts';
import { forgetRules } from './learned-rules.ts';
import type { Runbook } from './runbook.ts';

const LIVE = ['queued', 'running', 'waiting', 'paused'];
const runsSchema = z.object({ items: z.array(z.object({ id: z.uuid() })) });

async function cancel(api: Api, runId: string): Promise<void> {
  try {
    await api.send('POST', `/runs/${runId}/cancel?wait=20`, {}, z.unknown());
  } catch (error) {
    // It has ended by itself in between.
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
  }
}

/** Runs of a start that was interrupted would go on beside the new ones, and teach. */
async function cancelRuns(api: Api, { workflowId }: Runbook): Promise<number> {
  const pages = await Promise.all(
    LIVE.map((status) => api.get(`/runs?workflowId=${workflowId}&status=${status}&limit=200`, runsSchema)),
  );
  const runs = pages.flatMap(({ items }) => items);
  for (const { id } of runs) await cancel(api, id);
  return runs.length;
}

/** Puts away what earlier starts of the example left, and says so. */
export async function tidyUp(api: Api, runbook: Runbook): Promise<void> {
  const cancelled = await cancelRuns(api, runbook);
  if (cancelled > 0) console.log('What was left running by an earlier start of this example is cancelled.');
  const forgotten = await forgetRules(api);
  if (forgotten > 0) console.log('What an earlier start of this example taught is forgotten.');
}
