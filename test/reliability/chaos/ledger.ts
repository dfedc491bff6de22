import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.js';

export interface LedgerCall {
  readonly key: string;
  readonly runId: string;
  readonly taskId: string;
  readonly attempt: number;
  readonly effect: 'idempotent' | 'irreversible';
  readonly at: number;
  /** What became of it: answered, answered late, recorded without an answer, refused before it was recorded. */
  readonly how: 'answered' | 'late' | 'dropped' | 'refused';
}

export interface LedgerAnswer {
  /** Number of the effect. */
  readonly entry: number;
}

/** A payment service on a loopback port: one effect for each key, and every call remembered. */
export class Ledger {
  readonly calls: LedgerCall[] = [];
  /** Number of the effect of a key. */
  readonly effects = new Map<string, number>();

  private constructor(
    private readonly chance: Chance,
    private readonly server = createServer(),
  ) {}

  static async start(chance: Chance): Promise<Ledger> {
    const ledger = new Ledger(chance);
    ledger.server.on(
      'request',
      (request, reply) => void ledger.serve(request, reply).catch(() => reply.destroy()),
    );
    await new Promise<void>((resolve) => ledger.server.listen(0, '127.0.0.1', resolve));
    return ledger;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
    const call = JSON.parse(text) as Omit<LedgerCall, 'at' | 'how'>;
    const how = this.chance.weighted({ answered: 84, late: 8, dropped: 4, refused: 4 } as const);
    this.calls.push({ ...call, at: Date.now(), how });
    if (how === 'refused') return void reply.writeHead(500).end();
    const entry = this.effects.get(call.key) ?? this.effects.size + 1;
    this.effects.set(call.key, entry);
    if (how === 'dropped') return void reply.destroy();
    await sleep(how === 'late' ? this.chance.between(200, 1_500) : this.chance.between(0, 20));
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ entry }));
  }
}
