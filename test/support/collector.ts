import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { TracingSettings } from '../../src/config/tracing-settings.js';
import { eventually } from './eventually.js';

type Value = string | number | boolean | readonly unknown[];

/** A span as it arrived, its attributes read. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** undefined: it has none. */
  readonly parentSpanId: string | undefined;
  /** OTLP: 1 internal, 2 server, 3 client, 4 producer. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, Value>>;
  /** OTLP: 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message?: string };
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly events: readonly unknown[];
  readonly startMs: number;
  readonly endMs: number;
  readonly resource: Readonly<Record<string, Value>>;
}

interface Pair {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface RawSpan extends Omit<ReceivedSpan, 'attributes' | 'parentSpanId' | 'startMs' | 'endMs'> {
  readonly parentSpanId?: string;
  readonly attributes: readonly Pair[];
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

interface Posted {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Pair[] };
    readonly scopeSpans: readonly { readonly spans: readonly RawSpan[] }[];
  }[];
}

function valueOf(value: Pair['value']): Value {
  if ('arrayValue' in value) {
    const { values = [] } = value['arrayValue'] as { values?: Pair['value'][] };
    return values.map(valueOf);
  }
  const [[kind, given] = ['', '']] = Object.entries(value);
  return kind === 'intValue' || kind === 'doubleValue' ? Number(given) : (given as string | boolean);
}

const read = (pairs: readonly Pair[] = []) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, valueOf(value)]));

const msOf = (nanoseconds: string): number => Number(BigInt(nanoseconds) / 1_000_000n);

function spansOf(body: string): ReceivedSpan[] {
  return (JSON.parse(body) as Posted).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, parentSpanId, startTimeUnixNano, endTimeUnixNano, ...span }) => ({
        ...span,
        parentSpanId: parentSpanId === '' ? undefined : parentSpanId,
        attributes: read(attributes),
        links: span.links ?? [],
        events: span.events ?? [],
        startMs: msOf(startTimeUnixNano),
        endMs: msOf(endTimeUnixNano),
        resource: read(resource.attributes),
      })),
    ),
  );
}

/** How it treats what it is sent: it takes it, refuses it, or never answers. */
export type Behaviour = 'takes' | 'refuses' | 'hangs';

/** A collector of OTLP over HTTP on loopback, which keeps what it takes. */
export class Collector {
  /** As they came. */
  readonly bodies: string[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  readonly spans: ReceivedSpan[] = [];
  requests = 0;

  private constructor(
    private readonly server: Server,
    private readonly behaviour: Behaviour,
  ) {}

  static async start(behaviour: Behaviour = 'takes'): Promise<Collector> {
    const server = createServer();
    const collector = new Collector(server, behaviour);
    server.on('request', (request, response) => void collector.take(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Settings that send here, soon. */
  settings(changes: Partial<TracingSettings> = {}): TracingSettings {
    return {
      ...{ url: `${this.url}/v1/traces`, headers: {}, timeoutMs: 1_000, compression: 'none' },
      resource: { 'service.name': 'tandem' },
      sampler: { name: 'parentbased_always_on', ratio: 1 },
      batch: { delayMs: 20, exportTimeoutMs: 1_000, maxQueueSize: 2_048, maxBatchSize: 512 },
      captureContent: false,
      ...changes,
    };
  }

  /** The spans of a trace, once its root has come. */
  async trace(traceId: string): Promise<readonly ReceivedSpan[]> {
    const ofTrace = () => this.spans.filter((span) => span.traceId === traceId);
    await eventually(
      () => Promise.resolve(ofTrace().some(({ parentSpanId }) => parentSpanId === undefined)),
      {
        what: `The root span of trace ${traceId}`,
      },
    );
    return ofTrace();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    if (this.behaviour === 'hangs') return void request.resume();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (this.behaviour === 'refuses') return void response.writeHead(500).end('no room');
    const bytes = Buffer.concat(parts);
    const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
    this.bodies.push(body);
    this.headers.push(request.headers);
    this.spans.push(...spansOf(body));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }
}

/** A tree as text: names by their parents, in the order they began; brothers of one name in a row once. */
export function treeOf(spans: readonly ReceivedSpan[]): string[] {
  const childrenOf = (parent: string | undefined) =>
    spans
      .filter(({ parentSpanId }) => parentSpanId === parent)
      .sort((a, b) => a.startMs - b.startMs || a.name.localeCompare(b.name));
  const lines = (parent: string | undefined, depth: number): string[] =>
    childrenOf(parent).flatMap(({ spanId, name }) => [
      `${'  '.repeat(depth)}${name}`,
      ...lines(spanId, depth + 1),
    ]);
  return lines(undefined, 0);
}
