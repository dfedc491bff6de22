import { Injectable } from '@nestjs/common';
import { AgentsService } from '../../agents/agents.service.js';
import { NotFoundError } from '../../common/tandem-error.js';
import { AppConfig } from '../../config/config.js';
import type { LlmConfig } from '../../agents/domain/agent.js';
import type { CallContext } from '../budget/ledger.port.js';
import { ProviderRegistry } from '../providers/provider.registry.js';
import { type Candidate, chooseCandidates, type WantedModel } from './candidates.js';
import { type Deadline, RunningDeadline } from './deadline.js';
import { Ledger } from '../budget/ledger.service.js';
import { ModelCalls } from './model-calls.service.js';
import { NoAnswer } from './no-answer.js';
import type { Answered, Question } from './question.js';

/** Whom to ask for whom; without `wanted` the models of the agent, else those of the deployment. */
export interface AskOptions {
  readonly context: CallContext;
  readonly wanted?: WantedModel | undefined;
}

export interface Choice {
  readonly candidates: readonly Candidate[];
  /** Of the agent; null: it sets nothing. */
  readonly agent: LlmConfig | null;
}

/** Chooses whom to ask, and asks. */
@Injectable()
export class Asker {
  constructor(
    private readonly agents: AgentsService,
    private readonly registry: ProviderRegistry,
    private readonly calls: ModelCalls,
    private readonly ledger: Ledger,
    private readonly config: AppConfig,
  ) {}

  /** The models that may be asked now, in turn. Fails as `NoAnswer` where there is none; an agent that is gone sets nothing. */
  async choose({ context, wanted }: AskOptions): Promise<Choice> {
    const agent = context.agentId === null ? null : await this.configOf(context.agentId);
    const { candidates, unusable } = chooseCandidates(this.registry, wanted, agent, this.config.llm.model);
    const [first] = unusable;
    if (candidates.length === 0)
      throw new NoAnswer(
        first?.reason ?? 'provider_unavailable',
        first?.detail ?? 'There is no model to ask.',
        { lasts: true },
      );
    return { candidates, agent };
  }

  /** A deadline of LLM_TIMEOUT from now on, earlier with the signal. Call `stop` in the end. */
  deadline(signal?: AbortSignal): RunningDeadline {
    return new RunningDeadline(this.config.llm.timeoutSeconds, signal);
  }

  /** Fails with `NoAnswer` and nothing else, before the deadline or shortly after it. */
  async ask(question: Question, choice: Choice, context: CallContext, deadline: Deadline): Promise<Answered> {
    await this.refuseBought(context);
    const { candidates, agent } = choice;
    const { signal, deadlineMs } = deadline;
    return this.calls.ask(withAgentSettings(question, agent), { candidates, context, signal, deadlineMs });
  }

  /** A question with an id of its own is bought once, whatever became of whoever asked it first. */
  private async refuseBought({ taskId, callId }: CallContext): Promise<void> {
    if (callId === undefined || taskId === null || !(await this.wasMade(taskId, callId))) return;
    throw new NoAnswer(
      'bought_before',
      'This was asked before a crash, and the answer is lost: it is not paid for twice.',
    );
  }

  private async wasMade(taskId: string, callId: string): Promise<boolean> {
    try {
      return await this.ledger.wasMade(taskId, callId);
    } catch (error) {
      throw new NoAnswer('ledger_unavailable', `Calls cannot be looked up now: ${(error as Error).message}`);
    }
  }

  private async configOf(agentId: string): Promise<LlmConfig | null> {
    try {
      return (await this.agents.get(agentId)).llmConfig;
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw new NoAnswer('ledger_unavailable', `The agent cannot be read now: ${(error as Error).message}`);
    }
  }
}

/** What an agent sets holds where the question leaves it open; it never allows more output than the question. */
function withAgentSettings(question: Question, agent: LlmConfig | null): Question {
  if (agent === null) return question;
  const temperature = question.temperature ?? agent.temperature;
  return {
    ...question,
    maxOutputTokens: Math.min(question.maxOutputTokens, agent.maxOutputTokens ?? question.maxOutputTokens),
    ...(temperature === undefined ? {} : { temperature }),
  };
}
