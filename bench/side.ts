import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

/** A build in a process of its own, with a database of its own on the common server. */
export class Side {
  private readonly ended: Promise<never>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'exit').then(() => Promise.reject(new Error('A build ended early.')));
    this.ended.catch(() => undefined);
  }

  static async start(
    checkout: string,
    databaseUrl: string,
    folder: string,
    more: readonly string[] = [],
  ): Promise<Side> {
    mkdirSync(folder, { recursive: true });
    const args = [
      '--import',
      './scripts/ts-loader.mjs',
      'bench/compare-side.ts',
      databaseUrl,
      folder,
      ...more,
    ];
    const child = spawn(process.execPath, args, {
      cwd: checkout,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const side = new Side(child);
    await side.answer();
    return side;
  }

  /** Milliseconds of one round. */
  async measure(part: string): Promise<number> {
    this.child.send(part);
    return (await this.answer()) as number;
  }

  async stop(): Promise<void> {
    this.child.send('stop');
    await once(this.child, 'exit');
  }

  private async answer(): Promise<unknown> {
    const answered = new AbortController();
    const { signal } = answered;
    try {
      const [answer] = (await Promise.race([once(this.child, 'message', { signal }), this.ended])) as [
        unknown,
      ];
      return answer;
    } finally {
      answered.abort();
    }
  }
}
