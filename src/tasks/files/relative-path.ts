import { sep } from 'node:path';
import { pathNotAllowed } from './file-errors.js';

/** The names a relative path consists of. Refuses everything that could mean a place outside: `..`, `/…`, NUL. */
export function segmentsOf(path: string): readonly string[] {
  if (path.includes('\0')) throw pathNotAllowed(path, 'it contains a NUL character.');
  if (path.startsWith('/') || path.includes('\\') || /^[a-z]:/i.test(path)) {
    throw pathNotAllowed(
      path,
      'give a relative path with "/" between the names, such as "reports/week.csv".',
    );
  }
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..'))
    throw pathNotAllowed(path, '".." is refused; name the file from the top folder.');
  if (segments.length === 0) throw pathNotAllowed(path, 'it names no file.');
  return segments;
}

/** Both must be real paths (no links in them). A folder holds itself. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
