import type { FileHandle } from 'node:fs/promises';
import { TaskError } from '../domain/task-error.js';

export const MAX_FILE_BYTES = 8 * 1024 * 1024;

function tooLarge(path: string): TaskError {
  return new TaskError({
    code: 'file_too_large',
    class: 'invalid_input',
    effect: 'none',
    message: `${JSON.stringify(path)} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB, the most a task can read. Split it.`,
  });
}

/** Everything in the file. Counts what is read, because a file may grow after its size was asked. */
export async function readLimited(handle: FileHandle, path: string, signal: AbortSignal): Promise<Buffer> {
  if ((await handle.stat()).size > MAX_FILE_BYTES) throw tooLarge(path);
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of handle.createReadStream({ autoClose: false, signal }) as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > MAX_FILE_BYTES) throw tooLarge(path);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}
