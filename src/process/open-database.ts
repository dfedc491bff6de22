import { join } from 'node:path';
import type { AppConfig } from '../config/config.js';
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.js';
import { checkServer } from './check-server.js';
import { prepareDataFolder } from './data-folder.js';
import { StartError } from './start-error.js';

/** The database of this process. `release()` stops an embedded one that nobody else uses; it never fails. */
export interface OpenDatabase {
  readonly url: string;
  /** For people, without the password. */
  readonly description: string;
  release(): Promise<void>;
}

async function startEmbedded(dataDirectory: string): Promise<OpenDatabase> {
  const folder = join(dataDirectory, 'postgres');
  try {
    const { url, release } = await startEmbeddedPostgres({ folder });
    return {
      url,
      description: `embedded PostgreSQL in ${folder}`,
      release: () => release().catch(() => undefined),
    };
  } catch (error) {
    throw new StartError((error as Error).message, error);
  }
}

/** The PostgreSQL of DATABASE_URL, proved to be usable; without one, the embedded one in the data folder. */
export async function openDatabase(config: AppConfig): Promise<OpenDatabase> {
  const { url } = config.database;
  // Tasks write files below the data folder; a process that only answers requests needs none of its own.
  if (url === null || config.role !== 'api') prepareDataFolder(config.dataDirectory);
  if (url === null) return startEmbedded(config.dataDirectory);
  return { url, description: await checkServer(url), release: () => Promise.resolve() };
}
