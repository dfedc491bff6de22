import { userInfo } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { AuditLog } from './access/audit/audit-log.service.js';
import { ApiKeys } from './access/keys/api-keys.service.js';
import { KEY_USAGE, readKeyCommand } from './access/keys/read-key-command.js';
import { runKeyCommand } from './access/keys/run-key-command.js';
import { Clock } from './common/clock.js';
import { KeyModule } from './process/key-module.js';
import { openDatabase } from './process/open-database.js';
import { readConfig } from './process/read-config.js';

/** `npm run key`: makes, lists, rotates and revokes API keys, in the database of this environment. */
async function main(): Promise<string> {
  const read = readKeyCommand(process.argv.slice(2));
  if ('problem' in read) throw new Error(`${read.problem}\n\n${KEY_USAGE}`);
  const config = readConfig(process.env);
  const { url, release } = await openDatabase(config);
  try {
    const app = await NestFactory.createApplicationContext(KeyModule.forRoot(config, url), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      return await runKeyCommand(read.command, {
        ...{ keys: app.get(ApiKeys), audit: app.get(AuditLog), clock: app.get(Clock) },
        by: `cli:${userInfo().username}`,
      });
    } finally {
      await app.close();
    }
  } finally {
    await release();
  }
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
