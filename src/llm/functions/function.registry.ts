import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { IntelligenceFunctionDefinition } from './intelligence-function.js';
import { ProviderRegistry } from '../providers/provider.registry.js';
import { functionProblems } from './describe-function.js';
import { IntelligenceFunctionMetadata } from './intelligence-function.decorator.js';

/** Every intelligence function of this deployment; what is duplicated or unfit stops the boot with one message. */
@Injectable()
export class FunctionRegistry implements OnApplicationBootstrap {
  private readonly functions = new Map<string, IntelligenceFunctionDefinition>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly providers: ProviderRegistry,
  ) {}

  onApplicationBootstrap(): void {
    const problems = this.found().flatMap((fn) => this.register(fn));
    if (problems.length > 0)
      throw new Error(`Intelligence functions cannot be registered:\n- ${problems.join('\n- ')}`);
  }

  private found(): IntelligenceFunctionDefinition[] {
    return this.discovery
      .getProviders({ metadataKey: IntelligenceFunctionMetadata.KEY })
      .filter((wrapper) => this.discovery.getMetadataByDecorator(IntelligenceFunctionMetadata, wrapper))
      .map(({ instance }) => instance as IntelligenceFunctionDefinition);
  }

  /** Adds one function and answers what is wrong with it; nothing is added when something is. */
  register(fn: IntelligenceFunctionDefinition): string[] {
    const problems = functionProblems(fn, this.providers.list());
    const earlier = this.functions.get(fn.name);
    if (earlier !== undefined && earlier !== fn)
      problems.push(`${fn.name}: declared by both ${earlier.constructor.name} and ${fn.constructor.name}`);
    if (problems.length === 0) this.functions.set(fn.name, fn);
    return problems;
  }

  /** By name. */
  list(): IntelligenceFunctionDefinition[] {
    return [...this.functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
