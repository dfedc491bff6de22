import pg from 'pg';
import { isPostgres } from './probe-server.js';
import { StartError } from './start-error.js';

const CONNECT_TIMEOUT_MS = 5_000;
const OLDEST_VERSION = 16;

/** Host, port and database of an address: what may be shown of it. */
export function describeTarget(url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  return `${hostname}:${port || '5432'}, database "${pathname.slice(1) || username || 'postgres'}"`;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start the server, or correct host and port',
  ENOTFOUND: 'there is no such host. Correct its name',
  EAI_AGAIN: 'the name of the host cannot be resolved now. Check its spelling and the name server',
  EHOSTUNREACH: 'the host cannot be reached. Check address and network',
  ETIMEDOUT:
    'nothing answers there. Check address, network and firewall, and that the port is that of PostgreSQL',
  '28P01': 'user or password is wrong. Correct them',
  '28000': 'the server does not let this user in. Check user, pg_hba.conf and sslmode',
  '3D000': 'there is no such database. Create it, or correct its name',
  '53300': 'the server has no free connection. Raise max_connections or stop other clients',
  '57P03': 'the server is starting up or shutting down. Try again in a moment',
};

const NOT_POSTGRES =
  'what listens there is not PostgreSQL. Correct host and port (PostgreSQL has 5432 unless told otherwise)';

function reasonOf(error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string };
  if (message.includes('timeout')) return REASONS['ETIMEDOUT'] as string;
  return REASONS[code] ?? (message || code);
}

function cannotConnect(url: string, error: unknown): StartError {
  return new StartError(
    `Cannot connect to PostgreSQL at ${describeTarget(url)}: ${reasonOf(error)}.\n` +
      'This address is from DATABASE_URL; without that variable Tandem starts a PostgreSQL of its own.',
    error,
  );
}

/** Connects once; answers the server for people. Fails where it cannot be reached or is too old. */
export async function checkServer(url: string): Promise<string> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tandem-start',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => {
    // The statement under way fails with it; that is where it is reported.
  });
  let version: string;
  try {
    if (!(await isPostgres(client, CONNECT_TIMEOUT_MS))) throw new Error(NOT_POSTGRES);
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    version = rows[0]?.server_version ?? '0';
  } catch (error) {
    throw cannotConnect(url, error);
  } finally {
    await client.end().catch(() => undefined);
  }
  if (Number.parseInt(version, 10) < OLDEST_VERSION) {
    throw new StartError(
      `PostgreSQL at ${describeTarget(url)} is version ${version}; Tandem needs ${OLDEST_VERSION} or newer. ` +
        'Upgrade it, or point DATABASE_URL at another.',
    );
  }
  return `PostgreSQL ${version.split(' ')[0]} at ${describeTarget(url)}`;
}
