import { accessSync, constants, mkdirSync } from 'node:fs';
import { StartError } from './start-error.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'it is a file',
  ENOSPC: 'the disk is full',
};

/** Makes the data folder where it is missing. Fails where it cannot be written. */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The data folder ${folder} cannot be used: ${REASONS[code] ?? message} (${code}). ` +
        'Set TANDEM_DATA_DIR to a folder that this user can write.',
      error,
    );
  }
}
