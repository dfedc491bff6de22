import { flagReason, type LicencePolicy } from './licence-verdict.js';

/** An entry of the `packages` map of a package-lock.json (lockfileVersion 2 and 3). */
export interface LockedPackage {
  readonly version?: string | undefined;
  readonly license?: unknown;
  readonly link?: boolean | undefined;
}

export interface PackageName {
  readonly name: string;
  readonly version: string | null;
}

export interface LicenceReport {
  readonly packages: number;
  readonly byLicence: readonly { readonly licence: string; readonly packages: number }[];
  readonly flagged: readonly (PackageName & { readonly licence: string; readonly why: string })[];
  readonly missing: readonly PackageName[];
  /** How many are flagged or name no licence; 0: nothing for a person to look at. */
  readonly findings: number;
}

/** Older packages give an object or a list of them. */
function licenceOf(license: unknown): string | null {
  if (typeof license === 'string') return license.trim() || null;
  if (Array.isArray(license)) return license.map(licenceOf).filter(Boolean).join(' OR ') || null;
  const type = (license as { type?: unknown } | null | undefined)?.type;
  return typeof type === 'string' ? type : null;
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** One entry for each name and version. The project itself, its workspaces and links to them are no dependencies. */
function dependencies(
  packages: Readonly<Record<string, LockedPackage>>,
): (PackageName & { licence: string | null })[] {
  const found = new Map<string, PackageName & { licence: string | null }>();
  for (const [path, entry] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || entry.link === true) continue;
    const name = nameOf(path);
    const version = entry.version ?? null;
    found.set(`${name}@${version ?? ''}`, { name, version, licence: licenceOf(entry.license) });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Judges every dependency of a lock file by a policy; licences come most frequent first. */
export function classifyLicences(
  packages: Readonly<Record<string, LockedPackage>>,
  policy: LicencePolicy,
): LicenceReport {
  const all = dependencies(packages);
  const byLicence = Map.groupBy(all, ({ licence }) => licence);
  const flagged = all.flatMap(({ name, version, licence }) => {
    const why = licence === null ? null : flagReason(licence, policy);
    return licence === null || why === null ? [] : [{ name, version, licence, why }];
  });
  const missing = all
    .filter(({ licence }) => licence === null)
    .map(({ name, version }) => ({ name, version }));
  return {
    packages: all.length,
    byLicence: [...byLicence]
      .flatMap(([licence, members]) => (licence === null ? [] : [{ licence, packages: members.length }]))
      .sort((a, b) => b.packages - a.packages || (a.licence < b.licence ? -1 : 1)),
    flagged,
    missing,
    findings: flagged.length + missing.length,
  };
}
