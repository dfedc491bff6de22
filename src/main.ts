import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { AppConfig } from './config/config.js';
import { announcement, firstKey } from './process/announcement.js';
import { readConfig } from './process/read-config.js';
import { onStopSignals } from './process/stop-signals.js';
import { type Serving, TandemProcess } from './process/tandem-process.js';

const PACKAGE = new URL('../package.json', import.meta.url);
const log = new Logger('Tandem');

function fail(title: string, detail: string | undefined): never {
  process.stderr.write(`\n${title}\n${detail ?? ''}\n`);
  process.exit(1);
}

function configured(): AppConfig {
  try {
    return readConfig(process.env);
  } catch (error) {
    return fail('Tandem cannot start.', (error as Error).message);
  }
}

/** On a terminal as text, else as one line of the log. */
function tell(text: string, { pretty }: AppConfig['log']): void {
  if (pretty) process.stdout.write(`\n${text}\n\n`);
  else log.log(text.replaceAll(/\n\s*/g, '; ').replaceAll(/ {2,}/g, ' '));
}

function announce(serving: Serving, config: AppConfig): void {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const seconds = process.uptime();
  tell(announcement({ version, serving, dataDirectory: config.dataDirectory, seconds }), config.log);
}

/** After the start, so that it delays nothing. Answers how to wait for its end and tell of it. */
async function beginSample({ app }: Serving, config: AppConfig): Promise<() => Promise<void>> {
  const { SampleLoader } = await import('./extensions/sample/sample-loader.service.js');
  const { describeSample } = await import('./extensions/sample/describe-sample.js');
  const loader = app.get(SampleLoader);
  const runId = await loader.begin();
  return async () => {
    const run = runId === null ? null : await loader.finish(runId);
    if (run !== null) tell(describeSample(run, join(config.dataDirectory, 'files')), config.log);
  };
}

/** Once in the life of a database: a deployment that wants keys has to have a first one. */
async function tellFirstKey({ app }: Serving, config: AppConfig): Promise<void> {
  if (config.access.mode === 'none') return;
  const { ApiKeys } = await import('./access/keys/api-keys.service.js');
  const made = await app.get(ApiKeys).bootstrap();
  if (made !== null) tell(firstKey(made.key), config.log);
}

async function serve(serving: Serving, config: AppConfig): Promise<void> {
  announce(serving, config);
  await tellFirstKey(serving, config);
  let finishSample = (): Promise<void> => Promise.resolve();
  try {
    if (config.sample) finishSample = await beginSample(serving, config);
  } catch (error) {
    log.warn(`The sample could not be loaded: ${(error as Error).message}`);
  }
  // For a parent that talks to this process: it finds the sample and does not stand in its way.
  process.send?.({ kind: 'ready', origin: serving.origin });
  await finishSample();
}

/** What runs here needs what Node 24 brings: its own TypeScript for migrations, and an undici that needs its parts. */
function requireNode(): void {
  const { node } = process.versions;
  if (Number(node.split('.')[0]) >= 24) return;
  fail(
    'Tandem cannot start.',
    `It runs on Node 24, this is ${node}. \`npm start\` uses the Node that came with \`npm ci\`; so does node_modules/.bin/node.`,
  );
}

async function main(): Promise<void> {
  requireNode();
  const config = configured();
  // While PostgreSQL starts in its own process, this one loads the application.
  const loading = import('./create-app.js');
  loading.catch(() => undefined);
  const tandem = new TandemProcess(config, async (databaseUrl) =>
    (await loading).createApp({ config, databaseUrl }),
  );
  const abandon = (code: number): void => void tandem.abandon().finally(() => process.exit(code));

  // A reader of the output that goes away, such as a closed terminal, is no reason to stop.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  process.on('uncaughtException', (error) => {
    process.stderr.write(`\nTandem has to stop, an error came through: ${error.stack ?? error.message}\n`);
    abandon(1);
  });
  onStopSignals(
    () => {
      log.log('Stopping: what runs may end, the rest is handed on. Ask again to stop at once.');
      void tandem.stop().then(
        () => {
          // After the listener that has the thread write the rest of a pretty log.
          process.once('exit', () => tell('Stopped.', config.log));
          process.exit(0);
        },
        (error: Error) => fail('Tandem could not stop in order.', error.message),
      );
    },
    () => abandon(1),
  );

  const serving = await tandem.start().catch((error: Error) => fail('Tandem cannot start.', error.message));
  if (serving !== null) await serve(serving, config);
}

await main();
