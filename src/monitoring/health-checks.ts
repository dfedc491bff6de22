import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type Health, HealthCheck, HealthCheckContribution } from '../common/health-check.js';

/** The health checks of all modules, by name. Two with one name stop the boot. */
@Injectable()
export class HealthChecks implements OnModuleInit {
  private readonly checks = new Map<string, HealthCheck>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders({ metadataKey: HealthCheckContribution.KEY })) {
      const contribution = this.discovery.getMetadataByDecorator(HealthCheckContribution, wrapper);
      const instance: unknown = wrapper.instance;
      if (contribution === undefined || !(instance instanceof HealthCheck)) continue;
      const earlier = this.checks.get(contribution.name);
      if (earlier !== undefined && earlier !== instance) {
        throw new Error(`Two health checks are called ${contribution.name}. Rename one of them.`);
      }
      this.checks.set(contribution.name, instance);
    }
  }

  get names(): readonly string[] {
    return [...this.checks.keys()];
  }

  /** A check that throws is unhealthy; what it threw stays out of the answer, which anybody may read. */
  async run(name: string): Promise<Health> {
    const check = this.checks.get(name);
    if (check === undefined) return { healthy: false, detail: 'There is no such check.' };
    try {
      return await check.check();
    } catch {
      return { healthy: false, detail: 'The check failed.' };
    }
  }
}
