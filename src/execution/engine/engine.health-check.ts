import { Injectable } from '@nestjs/common';
import { type Health, HealthCheck, HealthCheckContribution } from '../../common/health-check.js';
import { AppConfig } from '../../config/config.js';
import { Liveness } from './liveness.js';

@Injectable()
@HealthCheckContribution({ name: 'engine' })
export class EngineHealthCheck extends HealthCheck {
  constructor(
    private readonly liveness: Liveness,
    private readonly config: AppConfig,
  ) {
    super();
  }

  override check(): Promise<Health> {
    if (this.config.role === 'api')
      return Promise.resolve({ healthy: true, detail: 'executes nothing (role api)' });
    return Promise.resolve(
      this.liveness.isSure
        ? { healthy: true }
        : { healthy: false, detail: 'has not reached PostgreSQL for 4 s' },
    );
  }
}
