import { applyDecorators, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** Where the registry finds what `@IntelligenceFunction` marked. */
export const IntelligenceFunctionMetadata =
  DiscoveryService.createDecorator<Readonly<Record<never, never>>>();

/** Makes a class an intelligence function: list it among a module's providers and the registry finds it at boot. */
export function IntelligenceFunction(): ClassDecorator {
  return applyDecorators(Injectable(), IntelligenceFunctionMetadata({})) as ClassDecorator;
}
