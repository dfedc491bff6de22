import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (received: Received, response: ServerResponse) => void;

/** Somebody on loopback who gets webhooks; answers 204 unless told otherwise. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** By path. */
  private readonly answers = new Map<string, Answer>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        const received = { path, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
        this.received.push(received);
        const answer = this.answers.get(path) ?? ((_, plain) => void plain.writeHead(204).end());
        answer(received, response);
      });
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new WebhookReceiver(server);
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.host}${path}`;
  }

  answer(path: string, how: Answer): void {
    this.answers.set(path, how);
  }

  /** Answers with these statuses in turn; the last one repeats. */
  answerWith(path: string, ...statuses: readonly [number, ...number[]]): void {
    const left = [...statuses];
    this.answer(path, (_, response) => {
      const status = left.length > 1 ? left.shift() : left[0];
      response.writeHead(status ?? 500).end();
    });
  }

  of(path: string): readonly Received[] {
    return this.received.filter((received) => received.path === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
