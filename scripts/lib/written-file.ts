import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

export interface WrittenFile {
  /** As the task that wrote it names it. */
  readonly path: string;
  readonly text: string;
}

/**
 * Where a file is that a task has written. A Tandem does not tell its data folder: it is the one of this environment
 * when the file is there with that text, else only the folder below it is known.
 */
export function describeWrittenFile(file: WrittenFile, dataFolder: string): string {
  const path = resolve(dataFolder, 'files', file.path);
  return textOf(path) === file.text ? path : `files/${file.path} in the data folder of that Tandem`;
}
