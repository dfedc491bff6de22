import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { isJsonObject } from '../../common/json.js';
import { TaskError } from '../domain/task-error.js';

export const FILE_FORMATS = ['text', 'json', 'csv'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

function invalid(code: string, message: string, cause?: unknown): TaskError {
  return new TaskError({ code, class: 'invalid_input', effect: 'none', message, cause });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function decodeUtf8(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalid('not_text', `${JSON.stringify(path)} is not UTF-8 text. Convert it first.`, error);
  }
}

/** The content of a file: text as it stands, JSON as its value, CSV as objects by the names of its first line. */
export function parseContent(bytes: Uint8Array, format: FileFormat, path: string): unknown {
  const text = decodeUtf8(bytes, path);
  switch (format) {
    case 'text':
      return text;
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch (error) {
        throw invalid('invalid_json', `${JSON.stringify(path)} is not JSON: ${reasonOf(error)}`, error);
      }
    case 'csv':
      try {
        return parse(text, { columns: true, skip_empty_lines: true }) as unknown;
      } catch (error) {
        const code = error instanceof CsvError ? ` (${error.code})` : '';
        throw invalid('invalid_csv', `${JSON.stringify(path)} is not CSV: ${reasonOf(error)}${code}`, error);
      }
  }
}

/** Columns are the keys of all rows, in the order in which they first appear. */
function toCsv(content: unknown): string {
  if (!Array.isArray(content) || !content.every(isJsonObject)) {
    throw invalid('invalid_content', 'CSV is written from an array of objects, one for each line.');
  }
  const columns = [...new Set(content.flatMap((row) => Object.keys(row)))];
  const rows = content.map((row) =>
    columns.map((column) => cell(Object.hasOwn(row, column) ? row[column] : null)),
  );
  return stringify([columns, ...rows]);
}

/** Cells are data: one that looks like a formula stays as it is. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is written for a content. Without a format text is written as it is, everything else as JSON. */
export function serialiseContent(content: unknown, format: FileFormat | undefined): Buffer {
  const chosen = format ?? (typeof content === 'string' ? 'text' : 'json');
  switch (chosen) {
    case 'text':
      if (typeof content === 'string') return Buffer.from(content, 'utf8');
      throw invalid('invalid_content', 'Format "text" needs text as content; use "json" for other values.');
    case 'json':
      return Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8');
    case 'csv':
      return Buffer.from(toCsv(content), 'utf8');
  }
}
