import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type PlannerOptions, PlannerMetadata, type WorkflowPlanner } from './planner.js';

const KEBAB = /^[a-z][a-z0-9-]{0,63}$/;

export interface RegisteredPlanner extends PlannerOptions {
  readonly planner: WorkflowPlanner;
}

/** Every planner of this deployment, found at boot; what is duplicated or unfit stops the boot with one message. */
@Injectable()
export class PlannerRegistry implements OnModuleInit {
  private readonly planners = new Map<string, RegisteredPlanner>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const problems = this.discovery.getProviders({ metadataKey: PlannerMetadata.KEY }).flatMap((wrapper) => {
      const options = this.discovery.getMetadataByDecorator(PlannerMetadata, wrapper);
      return options === undefined ? [] : this.register(options, wrapper.instance as WorkflowPlanner);
    });
    if (problems.length > 0) throw new Error(`Planners cannot be registered:\n- ${problems.join('\n- ')}`);
  }

  /** Adds one planner and answers what is wrong with it; nothing is added when something is. */
  register(options: PlannerOptions, planner: WorkflowPlanner): string[] {
    const { id } = options;
    const problems: string[] = [];
    if (!KEBAB.test(id)) problems.push(`${JSON.stringify(id)}: an id is kebab-case, such as "rules"`);
    if (typeof planner?.plan !== 'function') problems.push(`${id}: its class has no plan() method`);
    const earlier = this.planners.get(id);
    if (earlier !== undefined && earlier.planner !== planner)
      problems.push(
        `${id}: declared by both ${earlier.planner.constructor.name} and ${planner.constructor.name}`,
      );
    if (problems.length === 0) this.planners.set(id, { ...options, planner });
    return problems;
  }

  find(id: string): RegisteredPlanner | undefined {
    return this.planners.get(id);
  }

  /** By id. */
  ids(): string[] {
    return [...this.planners.keys()].sort();
  }
}
