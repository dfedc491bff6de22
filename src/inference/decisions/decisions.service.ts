import { Injectable } from '@nestjs/common';
import { AgentsService } from '../../agents/agents.service.js';
import { unknownAgent } from '../../agents/agents.errors.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { JsonValue } from '../../common/json.js';
import { InvalidInputError, NotFoundError } from '../../common/tandem-error.js';
import { LlmService } from '../../llm/llm.service.js';
import {
  checkDecision,
  type Criterion,
  decideByRules,
  type DecisionOption,
  toOption,
} from '../domain/decision.js';
import { MakeDecision } from '../functions/make-decision/make-decision.function.js';
import { type DecisionRecord, DecisionsStore } from './decisions.store.port.js';

/** What is to be decided. */
export interface DecisionOrder {
  readonly options: readonly (string | DecisionOption)[];
  readonly criteria: readonly Criterion[];
  readonly context?: JsonValue | undefined;
}

/** For whom. */
export interface Decider {
  readonly agentId: string | null;
  readonly workflowId?: string | null;
  readonly runId?: string | null;
  /** UUID of the task. */
  readonly taskId?: string | null;
  /** null: there is no run. */
  readonly assisted: boolean | null;
  /** The same question of the same run is decided once, however often it is asked. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** Chooses among options, by a model where the gate allows it, else by weighted scores; each decision is on record. */
@Injectable()
export class Decisions {
  constructor(
    private readonly store: DecisionsStore,
    private readonly agents: AgentsService,
    private readonly llm: LlmService,
    private readonly fn: MakeDecision,
    private readonly clock: Clock,
  ) {}

  /** Fails as `invalid_decision` with all that is wrong, `unknown_agent`. */
  async decide(order: DecisionOrder, decider: Decider): Promise<DecisionRecord> {
    const { key = null, assisted, signal } = decider;
    const known = key === null ? null : await this.store.findByKey(key);
    if (known !== null) return known;
    const options = order.options.map(toOption);
    const { criteria, context = null } = order;
    const issues = checkDecision({ options, criteria });
    if (issues.length > 0)
      throw new InvalidInputError('invalid_decision', 'This cannot be decided as it is: see errors.', issues);
    const { agentId, workflowId = null, runId = null, taskId = null } = decider;
    const agent = agentId === null ? null : await this.agents.find(agentId);
    if (agent === null && agentId !== null && runId === null) throw unknownAgent('/agentId', agentId);
    const question = {
      ...{ intelligenceLevel: agent?.intelligenceLevel ?? 'basic', assisted, context },
      options: options.map((each) => ({ ...each })) as never,
      criteria: criteria.map((each) => ({ ...each })),
    };
    const ids = { agentId, workflowId, runId, taskId };
    const answer = await this.llm.call(this.fn, question, {
      ...ids,
      ...(signal === undefined ? {} : { signal }),
    });
    const { value, source, reason, detail, checks, interactionId, costNanoUsd } = answer;
    const why = source === 'twin' ? `${value.reason} By rules (${reason}): ${detail}`.trim() : value.reason;
    return this.store.insert(
      {
        ...{
          ...value,
          ...ids,
          id: newId(),
          options,
          criteria,
          reason: why,
          checks,
          interactionId,
          costNanoUsd,
        },
        source: source === 'rule' ? 'twin' : source,
        twinChoice: decideByRules({ options, criteria }).chosen,
        createdAt: this.clock.now(),
      },
      key,
    );
  }

  /** Fails as `decision_not_found`. */
  async get(id: string): Promise<DecisionRecord> {
    const record = await this.store.find(id);
    if (record === null) throw new NotFoundError('decision', id);
    return record;
  }
}
