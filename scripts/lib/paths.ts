import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** The data folder of a Tandem that is started from here with this environment. */
export const DATA_FOLDER = resolve(ROOT, process.env['TANDEM_DATA_DIR'] || '.tandem');
