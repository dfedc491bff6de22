import type { Api } from './api.ts';

/** One example, exported as `example` by examples/<name>/example.ts. */
export interface Example {
  /** What to write after `npm run example`. */
  readonly usage: string;
  readonly summary: string;
  /** Reads the arguments before anything is started. */
  prepare(args: readonly string[]): PreparedExample | { readonly usageError: string };
}

export interface PreparedExample {
  /** What a Tandem that is started for it needs besides the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Answers the exit code. */
  run(api: Api): Promise<number>;
}
