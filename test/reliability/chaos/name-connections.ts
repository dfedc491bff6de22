import pg from 'pg';

/** Every connection of this process says whose it is, so that triggers can tell (invariants.ts). */
export function nameConnections(): void {
  interface Connecting {
    readonly connectionParameters: { options?: string };
  }
  const prototype = pg.Client.prototype as unknown as {
    connect: (this: Connecting, ...given: unknown[]) => unknown;
  };
  const { connect } = prototype;
  prototype.connect = function (...given) {
    const parameters = this.connectionParameters;
    parameters.options = `${parameters.options ?? ''} -c tandem.writer=${process.pid}`.trim();
    return connect.apply(this, given);
  };
}
