import fc from 'fast-check';
import { type Exchange, type Fault, faultsOf, type Rules } from './answer-rules.js';
import { type Operation, responseOf } from './api-document.js';
import { curlLine } from './curl-line.js';
import { harvest } from './harvest.js';
import type { IdPools } from './id-pools.js';
import { type RequestPlan, requestPlans } from './request-plans.js';
import type { SchemaValues } from './schema-values.js';
import type { Sender } from './sender.js';
import { withIds } from './sent-request.js';
import type { Tally } from './tally.js';

export interface FuzzerParts {
  readonly rules: Rules;
  readonly values: SchemaValues;
  readonly sender: Sender;
  readonly pools: IdPools;
  readonly tally: Tally;
}

/** Something an answer broke, and how to see it again. */
export interface Finding {
  readonly operationId: string;
  readonly faults: readonly Fault[];
  readonly curl: string;
}

/** Shrinking a finding sends requests too: no more than this for each. */
const SHRINK_MS = 3_000;

/** Sends requests that are generated from the document, and holds every answer against it. */
export class ApiFuzzer {
  readonly findings: Finding[] = [];
  private readonly known = new Set<string>();

  constructor(private readonly parts: FuzzerParts) {}

  /** `count` requests of an operation; each kind of fault is a finding once, in the smallest form that was met. */
  async fuzz(operation: Operation, count: number, seed: number): Promise<void> {
    const plans = requestPlans(operation, this.parts.values);
    let [sent, found, shrinkUntil] = [0, null as Finding | null, Infinity];
    const property = fc.asyncProperty(plans, async (plan) => {
      if (found === null) sent += 1;
      else if (performance.now() > shrinkUntil) return;
      const finding = await this.attempt(operation, plan, found === null);
      if (finding === null) return;
      if (found === null) shrinkUntil = performance.now() + SHRINK_MS;
      found = finding;
      throw new Error(finding.faults.map(({ rule }) => rule).join());
    });
    while (sent < count) {
      found = null;
      await fc.check(property, { numRuns: count - sent, seed: seed + sent });
      if (found !== null) this.keep(found);
    }
  }

  private async attempt(
    operation: Operation,
    plan: RequestPlan,
    isCounted: boolean,
  ): Promise<Finding | null> {
    const request = withIds(plan, this.parts.pools);
    const curl = curlLine(this.parts.sender.base, request);
    const { operationId } = operation;
    try {
      const answer = await this.parts.sender.send(request);
      if (isCounted) this.parts.tally.add(operationId, answer.status);
      const exchange = { operation, request, answer, isAsDocumented: plan.isAsDocumented };
      const faults = faultsOf(exchange, this.parts.rules).filter(
        (fault) => !this.known.has(keyOf(operationId, fault)),
      );
      this.learn(exchange);
      return faults.length === 0 ? null : { operationId, faults, curl };
    } catch (error) {
      const fault: Fault = { rule: 'no 5xx', detail: `No answer: ${(error as Error).message}` };
      return this.known.has(keyOf(operationId, fault)) ? null : { operationId, faults: [fault], curl };
    }
  }

  private keep(finding: Finding): void {
    this.findings.push(finding);
    for (const fault of finding.faults) this.known.add(keyOf(finding.operationId, fault));
  }

  /** What is there to be asked for next. */
  private learn({ operation, request, answer }: Exchange): void {
    const { rules, pools } = this.parts;
    if (answer.status >= 300) return;
    const etag = answer.headers['etag']?.match(/^"(.*)"$/)?.[1];
    if (etag !== undefined) pools.meet('etag', etag);
    const schema = responseOf(operation, answer.status, rules.document)?.content?.['application/json']
      ?.schema;
    if (schema !== undefined)
      harvest(JSON.parse(answer.text), schema, rules.document.components.schemas, pools);
    const [last] = operation.parameters.filter((parameter) => parameter.in === 'path').slice(-1);
    if (operation.method === 'DELETE' && last !== undefined)
      pools.remove(last.name, request.target.split('?')[0]?.split('/').at(-1) ?? '');
  }
}

const keyOf = (operationId: string, { rule, detail }: Fault): string =>
  `${operationId} ${rule} ${detail.slice(0, 40)}`;
