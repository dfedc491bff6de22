import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';

/**
 * A need of a lower module that an upper one fills. The lower module declares the port with the adapter that is
 * used when nobody contributes one; the upper module marks its provider with `@Contributes(PORT)`.
 */
export class Port<T extends object> {
  constructor(
    readonly name: string,
    readonly fallback: T,
  ) {}
}

/** Marks a provider as the adapter of a port. Two contributions to one port stop the boot. */
export const Contributes = DiscoveryService.createDecorator<Port<object>>();

/** Looks up the adapter of a port: the contributed one, else its fallback. Ready after module initialisation. */
@Injectable()
export class Ports implements OnModuleInit {
  private readonly adapters = new Map<Port<object>, object>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const duplicates: string[] = [];
    for (const wrapper of this.discovery.getProviders({ metadataKey: Contributes.KEY })) {
      const port = this.discovery.getMetadataByDecorator(Contributes, wrapper);
      if (port === undefined || typeof wrapper.instance !== 'object' || wrapper.instance === null) continue;
      const earlier = this.adapters.get(port);
      if (earlier !== undefined && earlier !== wrapper.instance) {
        duplicates.push(`${port.name}: ${earlier.constructor.name} and ${String(wrapper.name)}`);
      }
      this.adapters.set(port, wrapper.instance as object);
    }
    if (duplicates.length > 0) {
      throw new Error(`Each port takes one adapter. Remove all but one of: ${duplicates.join('; ')}`);
    }
  }

  get<T extends object>(port: Port<T>): T {
    return (this.adapters.get(port) as T | undefined) ?? port.fallback;
  }
}

@Global()
@Module({ imports: [DiscoveryModule], providers: [Ports], exports: [Ports, DiscoveryModule] })
export class PortsModule {}
