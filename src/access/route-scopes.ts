import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';
import type { ScopeName } from './domain/scopes.js';
import { SCOPE_METADATA } from './scope.decorator.js';

export interface RouteScopes {
  /** `AgentsController.create`. */
  readonly route: string;
  readonly scopes: readonly ScopeName[];
}

const scopeOn = (target: object): readonly ScopeName[] => {
  const scope = Reflect.getMetadata(SCOPE_METADATA, target) as ScopeName | undefined;
  return scope === undefined ? [] : [scope];
};

/** The scopes every route of a controller declares, on its method and on its class. */
export function scopesOf(controller: new (...args: never[]) => object): readonly RouteScopes[] {
  const prototype = controller.prototype as Record<string, object>;
  const scanner = new MetadataScanner();
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    return [{ route: `${controller.name}.${name}`, scopes: [...scopeOn(handler), ...scopeOn(controller)] }];
  });
}

/** One line for every route that does not declare exactly one scope. */
export function scopeProblems(routes: readonly RouteScopes[]): readonly string[] {
  return routes
    .filter(({ scopes }) => scopes.length !== 1)
    .map(({ route, scopes }) =>
      scopes.length === 0
        ? `${route} declares no scope`
        : `${route} declares ${scopes.join(' and ')}: keep the one of its method or of its class`,
    );
}
