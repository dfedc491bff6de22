import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Readiness } from './health.schemas.js';
import { HealthChecks } from './health-checks.js';

/** Shorter than the patience of the usual probe (Kubernetes: set `timeoutSeconds` to 3). */
const CHECK_TIMEOUT_MS = 2_000;

function readinessOf({ details }: HealthCheckResult): Readiness {
  const checks = Object.entries(details).map(([name, { status, message }]) => [
    name,
    status === 'down'
      ? { status: 'down' as const, ...(typeof message === 'string' ? { detail: message } : {}) }
      : { status: 'up' as const },
  ]);
  const isDown = Object.values(details).some(({ status }) => status === 'down');
  return { status: isDown ? 'down' : 'up', checks: Object.fromEntries(checks) as Readiness['checks'] };
}

/** Runs all health checks at once, each with a time limit. */
@Injectable()
export class ReadinessService {
  constructor(
    private readonly checks: HealthChecks,
    private readonly terminus: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  async read(): Promise<Readiness> {
    try {
      return readinessOf(
        await this.terminus.check(this.checks.names.map((name) => () => this.attempt(name))),
      );
    } catch (error) {
      if (error instanceof ServiceUnavailableException)
        return readinessOf(error.getResponse() as HealthCheckResult);
      throw error;
    }
  }

  private async attempt(name: string) {
    return this.indicators
      .check(name)
      .attempt(async () => {
        const { healthy, detail } = await this.checks.run(name);
        if (!healthy) throw new Error(detail ?? 'The check failed.');
      })
      .withTimeout(CHECK_TIMEOUT_MS);
  }
}
