import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { TaskError } from '../domain/task-error.js';
import type { FileRoots } from '../file-roots.js';
import { errorCodeOf, pathNotAllowed } from './file-errors.js';
import { isInside, segmentsOf } from './relative-path.js';

/** The real path, null when there is none. */
async function realpathOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT' || errorCodeOf(error) === 'ENOTDIR') return null;
    if (errorCodeOf(error) === 'ELOOP') throw pathNotAllowed(path, 'its links lead in a circle.');
    throw error;
  }
}

async function findInFiles(roots: FileRoots, path: string): Promise<string | null> {
  const root = await realpathOrNull(join(roots.dataDirectory, 'files'));
  if (root === null) return null;
  const found = await realpathOrNull(join(root, ...segmentsOf(path)));
  if (found !== null && !isInside(root, found))
    throw pathNotAllowed(path, 'a link in it leads out of the files folder.');
  return found;
}

async function findInWorkspace(roots: FileRoots, path: string): Promise<string | null> {
  const segments = segmentsOf(path);
  const root = await realpathOrNull(roots.readRoot);
  if (root === null) return null;
  const found = await realpathOrNull(join(root, ...segments));
  if (found !== null && !isInside(root, found))
    throw pathNotAllowed(path, 'a link in it leads out of the workspace.');
  // Links may hide what they lead to, so the real path is judged as well as the given one.
  const names = found === null ? segments : [...segments, ...relative(root, found).split(sep)];
  if (names.some((name) => name.startsWith('.'))) {
    throw pathNotAllowed(path, 'names that start with a dot cannot be read from the workspace.');
  }
  const data = await realpathOrNull(roots.dataDirectory);
  if (found !== null && data !== null && isInside(data, found)) {
    throw pathNotAllowed(path, 'the data folder cannot be read, except its "files" by their own path.');
  }
  return found;
}

/** Opens a file for reading: first among the written files, then in the workspace. The caller closes it. */
export async function openReadable(roots: FileRoots, path: string): Promise<FileHandle> {
  const found = (await findInFiles(roots, path)) ?? (await findInWorkspace(roots, path));
  if (found === null) {
    throw new TaskError({
      code: 'file_not_found',
      class: 'not_found',
      effect: 'none',
      message: `There is no file ${JSON.stringify(path)}, neither among the written files nor in the workspace.`,
    });
  }
  // Not blocking, so that a named pipe cannot hold the task; no link may have taken the place meanwhile.
  const handle = await open(found, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new TaskError({
    code: 'not_a_file',
    class: 'invalid_input',
    effect: 'none',
    message: `${JSON.stringify(path)} is not a file. Name one file.`,
  });
}
