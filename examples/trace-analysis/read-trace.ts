import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Trace, traceSchema } from './trace.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no file',
  ENOTDIR: 'There is no file',
  EISDIR: 'That is a folder, not a file:',
  EACCES: 'This user may not read',
};

type Read = { readonly trace: Trace } | { readonly usageError: string };

/** The trace in a file, or in a sentence why there is none. */
export function readTrace(file: string): Read {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code];
    return {
      usageError: reason === undefined ? `${file} cannot be read: ${message}.` : `${reason} ${file}.`,
    };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message.replaceAll(/\s+/g, ' ');
    return { usageError: `${file} is no trace, since it is not JSON: ${message}.` };
  }
  const parsed = traceSchema.safeParse(value);
  if (parsed.success) return { trace: parsed.data };
  return { usageError: `${file} is no trace:\n${z.prettifyError(parsed.error)}` };
}
