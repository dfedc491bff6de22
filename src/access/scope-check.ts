import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { scopeProblems, scopesOf } from './route-scopes.js';

/** Stops the boot when a route does not say what its caller must be allowed to do. */
@Injectable()
export class ScopeCheck implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const routes = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? scopesOf(metatype as new () => object) : []));
    const problems = scopeProblems(routes);
    if (problems.length === 0) return;
    throw new Error(`Every route declares one scope (@ApiRoute or @Scope). Not so: ${problems.join('; ')}`);
  }
}
