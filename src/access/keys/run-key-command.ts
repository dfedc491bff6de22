import type { AuditLog } from '../audit/audit-log.service.js';
import type { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import { stateOf } from '../domain/api-key.js';
import type { ApiKeys } from './api-keys.service.js';
import type { KeyCommand } from './read-key-command.js';

const day = (date: Date | null, otherwise: string): string =>
  date === null ? otherwise : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function listed(keys: ApiKeys, now: Date): Promise<string> {
  const rows = (await keys.list()).map((key) => [
    ...[key.id, key.name, stateOf(key, now), key.scopes.join(',')],
    ...[day(key.expiresAt, 'never'), day(key.lastUsedAt, 'never')],
  ]);
  if (rows.length === 0) return 'There is no API key.';
  return table([['ID', 'NAME', 'STATE', 'SCOPES', 'EXPIRES', 'LAST USED'], ...rows]);
}

const shown = (key: string, more: string): string => `${key}\n\nIt is not shown again. ${more}`;

export interface KeyDesk {
  readonly keys: ApiKeys;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Who asks, for the record. */
  readonly by: string;
}

/** Does it and answers what to tell; whatever changes something is on record first. Fails as `ApiKeys` does. */
export async function runKeyCommand(command: KeyCommand, desk: KeyDesk): Promise<string> {
  const { keys, audit, clock, by } = desk;
  const now = clock.now();
  if (command.kind === 'list') return listed(keys, now);
  const { kind } = command;
  const path = kind === 'create' ? command.name : command.id;
  const asked = { caller: by, operation: `key ${kind}`, method: 'CLI', path, requestId: newId(), at: now };
  const entry = await audit.begin(asked);
  const told = await change(command, desk);
  audit.end(entry, 200);
  return told;
}

async function change(
  command: Exclude<KeyCommand, { readonly kind: 'list' }>,
  { keys, clock, by }: KeyDesk,
): Promise<string> {
  const now = clock.now();
  switch (command.kind) {
    case 'create': {
      const { name, scopes, expiresInMs } = command;
      const expiresAt = expiresInMs === null ? null : new Date(now.getTime() + expiresInMs);
      const { key } = await keys.create({ name, scopes, expiresAt }, by);
      return shown(key, `${name} may ${scopes.join(', ')}; it expires: ${day(expiresAt, 'never')}.`);
    }
    case 'rotate': {
      const { key } = await keys.rotate(command.id, command.overlapMs, by);
      return shown(
        key,
        `${command.id} ends ${day(new Date(now.getTime() + command.overlapMs), '')} at the latest.`,
      );
    }
    case 'revoke':
      await keys.revoke(command.id);
      return `${command.id} is revoked.`;
  }
}
