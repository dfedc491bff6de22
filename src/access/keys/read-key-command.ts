import { parseArgs } from 'node:util';

/** What `npm run key` is asked for. */
export type KeyCommand =
  | {
      readonly kind: 'create';
      readonly name: string;
      readonly scopes: readonly string[];
      /** null: never. */
      readonly expiresInMs: number | null;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'rotate'; readonly id: string; readonly overlapMs: number }
  | { readonly kind: 'revoke'; readonly id: string };

export const KEY_USAGE = `Usage: npm run key -- <command>

  create --name <who> --scopes <scope,…> [--expires 90d]   make a key and show it once
  list                                                     show all keys, without their secrets
  rotate <id> [--overlap 24h]                              a new secret; the old one ends after the overlap
  revoke <id>                                              end a key now

Scopes are those of GET /docs (runs:write), all of a resource (runs:*), reading everything (*:read), everything (*).
Times: 30m, 24h, 90d.`;

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `30m`, `24h`, `90d`; undefined: it is none of these. */
function durationOf(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ofOne = UNITS[unit];
  return ofOne === undefined ? undefined : Number(count) * ofOne;
}

class Usage extends Error {}

function need<T>(value: T | undefined, message: string): T {
  if (value === undefined || value === '') throw new Usage(message);
  return value;
}

const timeOf = (option: string, text: string): number =>
  need(durationOf(text), `--${option} is ${JSON.stringify(text)} but has to be a time like 24h or 90d.`);

function read(argv: readonly string[]): KeyCommand {
  const text = { type: 'string' } as const;
  const options = { name: text, scopes: text, expires: text, overlap: text };
  const { values, positionals } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: true,
  });
  const [kind, id, ...rest] = positionals;
  if (rest.length > 0) throw new Usage(`${rest.join(' ')} is too much.`);
  switch (kind) {
    case 'create':
      return {
        kind,
        name: need(values.name, 'Say with --name who gets the key.'),
        scopes: need(values.scopes, 'Say with --scopes what it may do.').split(','),
        expiresInMs: values.expires === undefined ? null : timeOf('expires', values.expires),
      };
    case 'list':
      return { kind };
    case 'rotate': {
      const overlapMs = timeOf('overlap', values.overlap ?? '24h');
      return { kind, id: need(id, 'Say which key to rotate.'), overlapMs };
    }
    case 'revoke':
      return { kind, id: need(id, 'Say which key to revoke.') };
    default:
      throw new Usage(
        kind === undefined ? 'Say what to do.' : `There is no command ${JSON.stringify(kind)}.`,
      );
  }
}

/** The command of an argument vector, or what is wrong with it. Pure, total. */
export function readKeyCommand(
  argv: readonly string[],
): { readonly command: KeyCommand } | { readonly problem: string } {
  try {
    return { command: read(argv) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
