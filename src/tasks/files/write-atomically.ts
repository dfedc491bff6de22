import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileRoots } from '../file-roots.js';
import { errorCodeOf, pathNotAllowed } from './file-errors.js';
import { isInside, segmentsOf } from './relative-path.js';

/** Makes the folders one by one: `mkdir -p` would follow a link out of the root before anyone could look. */
async function makeFolders(root: string, names: readonly string[], path: string): Promise<string> {
  let folder = root;
  for (const name of names) {
    const next = join(folder, name);
    await mkdir(next).catch((error: unknown) => {
      if (errorCodeOf(error) !== 'EEXIST') throw error;
    });
    folder = await realpath(next);
    if (!isInside(root, folder)) throw pathNotAllowed(path, 'a link in it leads out of the files folder.');
  }
  return folder;
}

async function refuseFolder(target: string): Promise<void> {
  const existing = await stat(target).catch(() => null);
  if (existing?.isDirectory() === true) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/**
 * Writes below `<dataDirectory>/files`; readers see the old content or the new, never a part, also after a crash.
 * A link in the place of the file is replaced, not followed. An abort before the end leaves the old content.
 */
export async function writeAtomically(
  roots: FileRoots,
  path: string,
  bytes: Buffer,
  signal: AbortSignal,
): Promise<void> {
  const segments = segmentsOf(path);
  const filesFolder = join(roots.dataDirectory, 'files');
  await mkdir(filesFolder, { recursive: true });
  const folder = await makeFolders(await realpath(filesFolder), segments.slice(0, -1), path);
  const target = join(folder, segments.at(-1) ?? '');
  await refuseFolder(target);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o644);
    await handle
      .writeFile(bytes)
      .then(() => handle.sync())
      .finally(() => handle.close());
    signal.throwIfAborted();
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}
