import { type Port, Ports } from '../../src/common/ports.js';

/** Adapters given by hand; every other port has its fallback. */
export class FixedPorts extends Ports {
  private readonly fixed = new Map<Port<object>, object>();

  constructor() {
    super(undefined as never);
  }

  with<T extends object>(port: Port<T>, adapter: T): this {
    this.fixed.set(port as unknown as Port<object>, adapter);
    return this;
  }

  override get<T extends object>(port: Port<T>): T {
    return (this.fixed.get(port as unknown as Port<object>) as T | undefined) ?? port.fallback;
  }
}
