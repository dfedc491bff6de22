import { arch, cpus, platform, totalmem } from 'node:os';
import pg from 'pg';

/** What the figures were measured on. Names neither host nor folder. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly ramGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly fsync: string;
}

export async function describeMachine(databaseUrl: string): Promise<Machine> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; fsync: string; commit: string }>(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit`,
    );
    const [server] = rows;
    return {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      ramGiB: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${arch()}`,
      node: process.versions.node,
      postgres: server?.version ?? 'unknown',
      fsync: `fsync=${server?.fsync}, synchronous_commit=${server?.commit}`,
    };
  } finally {
    await client.end();
  }
}
