import { DiscoveryService } from '@nestjs/core';

/** What a part of the system says of itself; `detail` is shown by /health/ready and holds no secret. */
export interface Health {
  readonly healthy: boolean;
  readonly detail?: string;
}

/** Something this process needs to be ready. A check that throws or takes longer than two seconds counts as unhealthy. */
export abstract class HealthCheck {
  abstract check(): Promise<Health>;
}

/** Marks a provider that is a `HealthCheck`; `name` is unique and stands in the answer of /health/ready. */
export const HealthCheckContribution = DiscoveryService.createDecorator<{ readonly name: string }>();
