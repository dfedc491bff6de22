import { setTimeout as sleep } from 'node:timers/promises';
import { openAiAnswer } from '../../support/llm/answer-bodies.js';
import { html, json, reset, resetInBody, stalledBody, status } from '../../support/llm/answers.js';
import { type Answer, ModelServer, type ReceivedRequest } from '../../support/llm/model-server.js';
import { Chance } from '../chaos/chance.js';
import type { Query } from '../invariants.js';

export const MODEL = 'gpt-6-luna';
/** https://developers.openai.com/api/docs/pricing of gpt-6-luna (2026-09-23), nano-dollars per token. */
export const PRICES = { input: 100n, cached: 10n, cacheWrite: 125n, output: 500n };

/** Weights of what a request meets. */
export const MIXES = {
  /** A bad day: whatever a provider can do, billed or not. */
  faults: {
    ...{ fine: 60, invalid: 5, refusal: 4, cut: 3, noUsage: 3, oddId: 2, limited: 4, overloaded: 3 },
    ...{ failed: 5, reset: 4, resetInBody: 2, stalled: 3, empty: 3, html: 2 },
  },
  /** Whatever fails is billed, and everything in full. */
  billed: { fine: 80, refusal: 3, cut: 3, failed: 5, reset: 4, resetInBody: 2, empty: 3 },
  fine: { fine: 1 },
} as const;
type Behaviour = keyof typeof MIXES.faults;

/** A request as the provider saw it. */
export interface Visit {
  readonly taskId: string;
  readonly bytes: number;
  readonly maxOutputTokens: number;
  /** Rows of its call there were when it had arrived, and requests of it, this one included. */
  readonly reservations: number;
  readonly requests: number;
  /** What it really cost, whether the caller got to know it or not. */
  readonly billed: bigint;
  /** Of answers that say what they cost. */
  readonly requestId: string | null;
}

export interface ProviderSettings {
  readonly seed: number;
  readonly mix: Partial<Record<Behaviour, number>>;
  /** Bills the upper bound of every request. */
  readonly billsAll: boolean;
  readonly latencyMs: readonly [number, number];
}

interface Asked {
  readonly model: string;
  readonly max_output_tokens: number;
}

const COUNT = `select count(*)::integer as rows from llm_interactions where task_id = $1 and created_at <= clock_timestamp()`;

/**
 * A provider that keeps its own books. Before it answers it looks into the ledger: a request must have been reserved
 * when it arrives, each attempt of a call by a row of its own.
 */
export class BillingProvider {
  visits: Visit[] = [];
  onVisit: (visit: Visit) => void = () => undefined;
  /** Requests wait for this before they are answered. */
  gate: Promise<void> = Promise.resolve();
  private settings: ProviderSettings = { seed: 1, mix: MIXES.fine, billsAll: false, latencyMs: [0, 0] };
  private requests = new Map<string, number>();
  readonly errors: string[] = [];

  private constructor(
    private readonly server: ModelServer,
    private readonly query: Query,
  ) {
    server.answer((request, response) => {
      this.receive(request, response).catch((error: Error) => this.errors.push(error.message));
    });
  }

  static async start(query: Query): Promise<BillingProvider> {
    return new BillingProvider(await ModelServer.start(), query);
  }

  get url(): string {
    return `${this.server.url}/v1`;
  }

  /** As if it were new. */
  begin(settings: ProviderSettings): void {
    this.settings = settings;
    this.visits = [];
    this.onVisit = () => undefined;
    this.requests = new Map();
    this.gate = Promise.resolve();
    this.server.requests.length = 0;
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private async receive(request: ReceivedRequest, response: Parameters<Answer>[1]): Promise<void> {
    const { max_output_tokens: maxOutputTokens } = request.body as Asked;
    const taskId = /call ([0-9a-f-]{36})/.exec(request.text)?.[1] ?? '';
    const requests = (this.requests.get(taskId) ?? 0) + 1;
    this.requests.set(taskId, requests);
    const [found] = await this.query<{ rows: number }>(COUNT, [taskId]);
    const bytes = Buffer.byteLength(request.text);
    const chance = new Chance(this.settings.seed ^ hashOf(taskId) ^ (requests * 7_919));
    const behaviour = chance.weighted(this.settings.mix as Record<Behaviour, number>);
    const usage = this.usageOf(chance, bytes, maxOutputTokens);
    const visit: Visit = {
      ...{ taskId, bytes, maxOutputTokens, reservations: found?.rows ?? 0, requests },
      billed: billOf(behaviour, usage, chance),
      requestId: SAYS_USAGE.has(behaviour) ? `${taskId}/${requests}` : null,
    };
    this.visits.push(visit);
    this.onVisit(visit);
    await Promise.all([this.gate, sleep(chance.between(...this.settings.latencyMs))]);
    answerOf(behaviour, usage, `${taskId}/${requests}`)(request, response);
  }

  private usageOf(chance: Chance, bytes: number, maxOutputTokens: number): Usage {
    if (this.settings.billsAll) return { input: bytes, cached: 0, written: bytes, output: maxOutputTokens };
    const input = chance.whole(1, bytes);
    const cached = chance.whole(0, input);
    return {
      ...{ input, cached, written: chance.whole(0, input - cached) },
      output: chance.is(0.1) ? maxOutputTokens : chance.whole(0, Math.ceil(maxOutputTokens / 3)),
    };
  }
}

interface Usage {
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
}

const SAYS_USAGE: ReadonlySet<Behaviour> = new Set(['fine', 'invalid', 'refusal', 'cut']);
const UNBILLED: ReadonlySet<Behaviour> = new Set(['limited', 'overloaded']);
/** Failures that nobody can know the bill of: half of them cost nothing. */
const UNCERTAIN: ReadonlySet<Behaviour> = new Set([
  'failed',
  'reset',
  'resetInBody',
  'stalled',
  'empty',
  'html',
]);

function billOf(behaviour: Behaviour, { input, cached, written, output }: Usage, chance: Chance): bigint {
  if (UNBILLED.has(behaviour) || (UNCERTAIN.has(behaviour) && chance.is(0.5))) return 0n;
  const plain = BigInt(input - cached - written) * PRICES.input;
  const kept = BigInt(cached) * PRICES.cached + BigInt(written) * PRICES.cacheWrite;
  return plain + kept + BigInt(output) * PRICES.output;
}

function answerOf(behaviour: Behaviour, usage: Usage, requestId: string): Answer {
  const counted = {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cached, cache_write_tokens: usage.written },
    output_tokens: usage.output,
  };
  const whole = (parts: Parameters<typeof openAiAnswer>[0]): Answer =>
    json(openAiAnswer({ usage: counted, ...parts }), { 'x-request-id': requestId });
  switch (behaviour) {
    case 'fine':
      return whole({});
    case 'invalid':
      return whole({ text: 'Lorem ipsum.' });
    case 'refusal':
      return whole({ finish: 'refusal' });
    case 'cut':
      return whole({ finish: 'length' });
    case 'noUsage':
      return json(openAiAnswer({ usage: null }));
    case 'oddId':
      return json({ ...openAiAnswer({ usage: counted }), id: 'resp\u0000\ud800' });
    case 'limited':
      return status(429, undefined, { 'retry-after': '0.2' });
    case 'overloaded':
      return status(529);
    case 'failed':
      return status(500);
    case 'reset':
      return reset;
    case 'resetInBody':
      return resetInBody('{"id":');
    case 'stalled':
      return stalledBody('{"id":');
    case 'empty':
      return json({});
    case 'html':
      return html;
  }
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return hash >>> 0;
}
