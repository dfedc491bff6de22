import { spawn } from 'node:child_process';

export interface Ended {
  readonly status: number;
  /** What it printed on both outputs. */
  readonly output: string;
}

/** Runs a program of ours with this Node to its end and keeps what it prints. */
export function runProgram(file: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status: status ?? 1, output }));
  });
}
