import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Bytes as they came. */
  readonly text: string;
  /** Parsed; undefined where it is no JSON. */
  readonly body: unknown;
  /** `performance.now()` when all of it was there. */
  readonly atMs: number;
}

/** How one request is answered, or not: see `answers.ts`. */
export type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A server on loopback that answers like a provider of models, well or badly, as a test says. */
export class ModelServer {
  readonly requests: ReceivedRequest[] = [];
  private answers: Answer[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const { url: path = '', headers } = request;
        this.receive({ path, headers, text, body: parsed(text), atMs: performance.now() }, response);
      });
    });
  }

  static async start(): Promise<ModelServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ModelServer(server);
  }

  /** Without a path: providers differ in what they put after it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** These answers in turn, from now on; the last one repeats. */
  answer(...answers: readonly [Answer, ...Answer[]]): void {
    this.answers = [...answers];
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(request: ReceivedRequest, response: ServerResponse): void {
    this.requests.push(request);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === undefined) response.writeHead(500).end('This test said nothing about an answer.');
    else answer(request, response);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
