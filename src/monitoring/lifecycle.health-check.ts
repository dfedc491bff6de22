import { Injectable } from '@nestjs/common';
import { type Health, HealthCheck, HealthCheckContribution } from '../common/health-check.js';
import { Lifecycle } from '../common/lifecycle.js';

@Injectable()
@HealthCheckContribution({ name: 'process' })
export class LifecycleHealthCheck extends HealthCheck {
  constructor(private readonly lifecycle: Lifecycle) {
    super();
  }

  override check(): Promise<Health> {
    const healthy = this.lifecycle.isStarted && !this.lifecycle.isDraining;
    const detail = this.lifecycle.isDraining ? 'The process is draining.' : 'The process is starting.';
    return Promise.resolve(healthy ? { healthy } : { healthy, detail });
  }
}
