import { pgClients } from './pg-clients.js';

interface Connecting {
  readonly connectionParameters: { options?: string };
}
type Connect = (this: Connecting, ...given: unknown[]) => unknown;

/** Every connection of this process says whose it is, so that triggers can tell (watch.ts). */
export function nameConnections(): void {
  for (const client of pgClients()) {
    const prototype = client.prototype as unknown as { connect: Connect };
    const { connect } = prototype;
    prototype.connect = function (...given) {
      const parameters = this.connectionParameters;
      parameters.options = `${parameters.options ?? ''} -c tandem.writer=${process.pid}`.trim();
      return connect.apply(this, given);
    };
  }
}
