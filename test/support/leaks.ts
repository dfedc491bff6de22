import { inspect } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import type { TestDatabase } from './test-database.js';

/** A text somebody may read, and where it was found. */
export interface Found {
  readonly where: string;
  readonly text: string;
}

/** Keeps all that is logged, with everything that hangs on it. */
export class CapturedLog implements LoggerService {
  readonly lines: Found[] = [];

  log = (...parts: unknown[]): void => this.keep('log', parts);
  error = (...parts: unknown[]): void => this.keep('error', parts);
  warn = (...parts: unknown[]): void => this.keep('warn', parts);
  debug = (...parts: unknown[]): void => this.keep('debug', parts);
  verbose = (...parts: unknown[]): void => this.keep('verbose', parts);
  fatal = (...parts: unknown[]): void => this.keep('fatal', parts);

  private keep(level: string, parts: readonly unknown[]): void {
    this.lines.push({ where: `log ${level}`, text: parts.map(shown).join(' ') });
  }
}

/** All there is to see of a value, the causes of an error and what is not enumerable too. */
export const shown = (value: unknown): string =>
  typeof value === 'string' ? value : inspect(value, { depth: 12, showHidden: true, maxStringLength: null });

/** Every row of every table of a database, by column. */
export async function dumpDatabase({ query }: TestDatabase): Promise<Found[]> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found: Found[] = [];
  for (const { name } of tables) {
    const rows = await query<{ field: string; text: string | null }>(
      `select field.key as field, field.value as text from ${name} t, jsonb_each_text(to_jsonb(t)) field`,
    );
    found.push(...rows.map(({ field, text }) => ({ where: `${name}.${field}`, text: text ?? '' })));
  }
  return found;
}

/** Where a secret, or its half or a common encoding of it, can be read. */
export function leaksOf(secret: string, places: readonly Found[]): string[] {
  const half = Math.ceil(secret.length / 2);
  const forms = [
    ...[secret.slice(0, half), secret.slice(-half), encodeURIComponent(secret)],
    ...[Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('hex')],
  ];
  const leaking = places.filter(({ text }) => forms.some((form) => text.includes(form)));
  return [...new Set(leaking.map(({ where }) => where))].sort();
}
