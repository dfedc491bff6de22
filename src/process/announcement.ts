import type { Serving } from './tandem-process.js';

export interface Announcement {
  readonly version: string;
  readonly serving: Pick<Serving, 'origin' | 'database'>;
  readonly dataDirectory: string;
  readonly seconds: number;
}

/** Where the service can be reached, for people: a title, then name and value in two columns. */
export function announcement({ version, serving, dataDirectory, seconds }: Announcement): string {
  const { origin, database } = serving;
  const rows = [
    ['API', `${origin}/api/v1`],
    ['Try it out', `${origin}/docs`],
    ['Health', `${origin}/health/ready`],
    ['Metrics', `${origin}/metrics`],
    ['Database', database],
    ['Files', `${dataDirectory}/files`],
  ];
  return [
    `Tandem ${version} is ready (${seconds.toFixed(1)} s). Ctrl-C stops it.`,
    ...rows.map(([name = '', value = '']) => `  ${name.padEnd(11)} ${value}`),
  ].join('\n');
}

/** Shown once: nobody can read it again. */
export const firstKey = (key: string): string =>
  [
    'The first API key, for everything, valid for a day. It is not shown again:',
    `  ${key}`,
    'Make lasting ones with npm run key -- create',
  ].join('\n');
