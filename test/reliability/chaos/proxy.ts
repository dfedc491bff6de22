import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.js';

export const PROXY_MODES = ['latency', 'resets', 'halves', 'silence'] as const;
export type ProxyMode = 'pass' | (typeof PROXY_MODES)[number];

const RESET_CHANCE = 0.01;
const HALF_CHANCE = 0.01;
const LATENCY_MS = [2, 60] as const;

/** A way to PostgreSQL that can be slow, broken or silent. On a loopback port of its own. */
export class Proxy {
  private mode: ProxyMode = 'pass';
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private readonly server = createServer((client) => this.accept(client));

  private constructor(
    private readonly target: URL,
    private readonly chance: Chance,
  ) {}

  static async start(target: string, chance: Chance): Promise<Proxy> {
    const proxy = new Proxy(new URL(target), chance);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** From now on. Who leaves silence loses its connections, or finds what was held back delivered. */
  be(mode: ProxyMode): void {
    const wasSilent = this.mode === 'silence';
    this.mode = mode;
    if (mode === 'silence') for (const pair of this.pairs) for (const socket of pair) socket.pause();
    else if (wasSilent && this.chance.is(0.5)) this.cut();
    else if (wasSilent) for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  /** Breaks every connection off. */
  cut(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private accept(client: Socket): void {
    const server = connect({ host: this.target.hostname, port: Number(this.target.port) });
    const pair = [client, server] as const;
    this.pairs.add(pair);
    const end = (): void => {
      this.pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of pair) socket.setNoDelay(true).on('error', end).on('close', end);
    this.forward(client, server, end);
    this.forward(server, client, end);
    if (this.mode === 'silence') for (const socket of pair) socket.pause();
  }

  private forward(from: Socket, to: Socket, end: () => void): void {
    let before = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      if (this.mode === 'resets' && this.chance.is(RESET_CHANCE)) return void from.resetAndDestroy();
      if (this.mode === 'halves' && this.chance.is(HALF_CHANCE)) {
        to.write(chunk.subarray(0, this.chance.whole(0, chunk.length - 1)), end);
        return undefined;
      }
      const delayMs = this.mode === 'latency' ? this.chance.between(...LATENCY_MS) : 0;
      // One after the other: later bytes must not overtake.
      before = before.then(async () => {
        if (delayMs > 0) await sleep(delayMs);
        if (!to.destroyed) to.write(chunk);
      });
      return undefined;
    });
  }
}
