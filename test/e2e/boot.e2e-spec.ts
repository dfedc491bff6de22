import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiRoute } from '../../src/access/api-route.decorator.js';
import { type Health, HealthCheck, HealthCheckContribution } from '../../src/common/health-check.js';
import { createApp } from '../../src/create-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestApp, testConfig } from '../support/test-app.js';

@Controller('bare')
class BareController {
  @Get()
  one(): void {}

  @Get('two')
  two(): void {}
}
@Module({ controllers: [BareController] })
class BareModule {}

@Injectable()
@HealthCheckContribution({ name: 'elsewhere' })
class ElsewhereHealthCheck extends HealthCheck {
  override check(): Promise<Health> {
    return Promise.resolve({ healthy: false, detail: 'No queue.' });
  }
}
@Injectable()
@HealthCheckContribution({ name: 'database' })
class SecondDatabaseCheck extends ElsewhereHealthCheck {}

@Module({ providers: [ElsewhereHealthCheck] })
class ElsewhereModule {}
@Module({ providers: [SecondDatabaseCheck] })
class ClashingModule {}

@Controller('typed')
class TypedController {
  @Get()
  @ApiRoute({ operationId: 'x', summary: 'X', scope: 'public', ok: { status: 200, description: 'X.' } })
  one(): void {}
}
@Module({ controllers: [TypedController] })
class ScopedModule {}

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const boot = async (databaseUrl: string, module: new () => object) => {
  const app = await createApp({ config: testConfig('/nowhere'), databaseUrl, modules: [module] });
  await app.init().finally(() => app.close());
};

describe('the application does not start', () => {
  it('with routes that declare no scope, and lists them', async () => {
    await expect(boot(database.url, BareModule)).rejects.toThrow(
      /BareController\.one declares no scope; BareController\.two declares no scope/,
    );
  });

  it('with two health checks of one name', async () => {
    await expect(boot(database.url, ClashingModule)).rejects.toThrow(/Two health checks are called database/);
  });

  it('without its database', async () => {
    await expect(boot('postgres://nobody@127.0.0.1:1/none', ScopedModule)).rejects.toThrow(/ECONNREFUSED/);
  });
});

it('is not ready while a contributed check is unhealthy', async () => {
  const test = await startTestApp({ database, modules: [ElsewhereModule] });
  const ready = await test.http('GET', '/health/ready');
  await test.close();
  expect(ready.status).toBe(503);
  expect(ready.body.checks).toMatchObject({
    database: { status: 'up' },
    process: { status: 'up' },
    elsewhere: { status: 'down', detail: 'No queue.' },
  });
});
