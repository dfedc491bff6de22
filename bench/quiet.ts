import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PROCESSOR_TIMES = '/proc/stat';
const SAMPLE_MS = 1_000;
/** Share of all processors that others may use while we measure. */
const QUIET_SHARE = 0.15;
const PATIENCE_MS = 30_000;

function processorTimes(): { readonly busy: number; readonly total: number } {
  const [all = ''] = readFileSync(PROCESSOR_TIMES, 'utf8').split('\n');
  const ticks = all.trim().split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, value) => sum + value, 0);
  return { busy: total - (ticks[3] ?? 0) - (ticks[4] ?? 0), total };
}

async function busyShare(): Promise<number> {
  const before = processorTimes();
  await sleep(SAMPLE_MS);
  const after = processorTimes();
  return (after.busy - before.busy) / (after.total - before.total);
}

/**
 * Waits until the machine has little else to do, half a minute at most; answers a note when it stayed busy. Looks at
 * the processors and not at the load average, which remembers what we did ourselves.
 */
export async function waitUntilQuiet(what: string): Promise<readonly string[]> {
  if (!existsSync(PROCESSOR_TIMES)) return [];
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const share = await busyShare();
    if (share <= QUIET_SHARE) return [];
    if (Date.now() > deadline)
      return [
        `${what}: the machine was busy with other work (${Math.round(share * 100)} % of its processors).`,
      ];
  }
}
