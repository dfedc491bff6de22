import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { resolve } from 'node:path';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The arguments of a process; empty when it has ended or belongs to somebody who hides them. */
function argumentsOf(pid: number): string[] {
  try {
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.map((word) => resolve(cwd, word));
  } catch {
    return [];
  }
}

function fromProc(program: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => argumentsOf(pid).includes(program));
}

function fromPs(program: string): number[] {
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(program)).map((line) => Number.parseInt(line, 10));
}

/** Ids of the processes that run a program, given by its absolute path. */
export function processesRunning(program: string): number[] {
  const found = existsSync('/proc/self/cmdline') ? fromProc(program) : fromPs(program);
  return found.filter((pid) => pid !== process.pid);
}
