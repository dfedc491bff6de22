import { spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How to run a program that refuses root: under another uid, or in a user namespace where root is somebody else. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
  /** Put before the program: `unshare …`. */
  readonly prefix: readonly string[];
}

/** `nobody` of Linux distributions. */
const NOBODY = 65534;

const AS_IS: RunAs = { prefix: [] };
const AS_NOBODY: RunAs = { uid: NOBODY, gid: NOBODY, prefix: [] };
const IN_NAMESPACE: RunAs = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
};

function canRun(as: RunAs, folder: string, program: string): boolean {
  const [command, ...args] = [
    ...as.prefix,
    '/bin/sh',
    '-c',
    'cd "$1" && test -w . && test -x "$2"',
    'sh',
    folder,
    program,
  ];
  const { uid, gid } = as;
  const probe = spawnSync(command as string, args, {
    stdio: 'ignore',
    ...(uid === undefined ? {} : { uid, gid }),
  });
  return probe.status === 0;
}

/**
 * PostgreSQL refuses to run as root. As root: as `nobody` where it can enter the folder, else in a user namespace
 * (works under a mode-700 home), else an error that says what to do. `folder` exists and belongs to this process.
 */
export function chooseRunAs(folder: string, program: string): RunAs {
  if (process.getuid?.() !== 0) return AS_IS;
  const owner = statSync(folder).uid;
  if (owner === 0) {
    // A new folder, or one that was made in a namespace: an existing cluster is never given to another owner.
    if (!hasCluster(folder)) {
      chownSync(folder, NOBODY, NOBODY);
      if (canRun(AS_NOBODY, folder, program)) return AS_NOBODY;
      chownSync(folder, 0, 0);
    }
    if (canRun(IN_NAMESPACE, folder, program)) return IN_NAMESPACE;
  } else if (owner === NOBODY && canRun(AS_NOBODY, folder, program)) {
    return AS_NOBODY;
  }
  throw new Error(
    `PostgreSQL does not run as root, and neither uid ${NOBODY} can enter ${folder} nor can a user namespace be made. ` +
      `Start Tandem as an ordinary user, set TANDEM_DATA_DIR to a folder that everybody can enter ` +
      `(now below ${dirname(folder)}), or set DATABASE_URL to a PostgreSQL of yours.`,
  );
}

function hasCluster(folder: string): boolean {
  return statSync(`${folder}/data/PG_VERSION`, { throwIfNoEntry: false }) !== undefined;
}
