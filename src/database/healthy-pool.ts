import type { Socket } from 'node:net';
import type pg from 'pg';

/** Longer than any statement of Tandem takes. */
export const SILENCE_LIMIT_MS = 60_000;

interface WithSocket {
  readonly connection: { readonly stream: Socket };
}

/** A client that reports an error releases itself, once. */
function releaseOnError(client: pg.PoolClient): void {
  client.on('error', (error) => {
    const release = client.release as pg.PoolClient['release'] | undefined;
    client.release = () => undefined;
    try {
      release?.call(client, error);
    } catch {
      // Released before: nothing is held any more.
    }
  });
}

/**
 * Keeps a pool of connections of use, whatever becomes of the server and the way to it.
 *
 * A restart under open transactions leaks their connections: MikroORM's rollback fails on the dead client and the
 * client is never released; with the pool full the process hangs for good. A way that swallows everything (a firewall,
 * a failover without a reset) lets a statement wait for a quarter of an hour; after a minute without a byte its
 * connection is given up. Tests: test/integration/database/{postgres-restart,silent-server}.
 */
export function keepHealthy(pool: pg.Pool, silenceLimitMs = SILENCE_LIMIT_MS): void {
  pool.on('error', () => {
    // An idle client lost its server; the pool has dropped it already. Without a listener the process would end.
  });
  pool.on('connect', (client) => {
    releaseOnError(client as pg.PoolClient);
    const { stream } = (client as unknown as WithSocket).connection;
    stream.setTimeout(silenceLimitMs, () =>
      stream.destroy(new Error(`PostgreSQL was silent for ${silenceLimitMs / 1_000} s`)),
    );
  });
}
