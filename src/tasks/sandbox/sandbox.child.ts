import { Worker } from 'node:worker_threads';
import type { ChildMessage, JobRequest } from './sandbox-process.js';

// Ctrl-C reaches the whole process group; the parent decides when this process ends, so that a drain can finish.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

// An expression that never ends blocks this thread, also from noticing that the parent was killed.
const ORPHAN_WATCH = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);
`;
new Worker(ORPHAN_WATCH, { eval: true, execArgv: [] }).unref();

const MAX_ANSWER_LENGTH = 8 * 1024 * 1024;

function tell(message: ChildMessage): void {
  process.send?.(message);
}

async function perform(request: JobRequest): Promise<void> {
  const job = (await import(request.url)) as { run(input: unknown): unknown };
  tell({ kind: 'started' });
  const json = JSON.stringify(await job.run(request.input));
  if (json.length > MAX_ANSWER_LENGTH) {
    const message = `The result has ${json.length} characters of JSON; at most ${MAX_ANSWER_LENGTH} are kept.`;
    tell({ kind: 'answered', json: JSON.stringify({ ok: false, code: 'result_too_large', message }) });
  } else {
    tell({ kind: 'answered', json });
  }
}

process.on('message', (request: JobRequest) => {
  perform(request).catch((error: unknown) => {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});
