import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

function codeOf(attempt: () => void): string {
  try {
    attempt();
    return 'allowed';
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** A sandbox job that tells what the sandbox lets it do. */
export function run(ownPath: string): unknown {
  return {
    ok: true,
    value: {
      environment: Object.keys(process.env),
      write: codeOf(() => writeFileSync(`${ownPath}.out`, '')),
      fork: codeOf(() => spawnSync('true')),
    },
  };
}
