import { type Attributes, type Context, context, type Span, trace } from '@opentelemetry/api';
import { captureContent } from '../../common/tracing/captured-content.js';
import { currentSpan, failSpan, TRACER } from '../../common/tracing/in-span.js';
import { madeAtOf, runContext, runSpanContext, runTraceIds } from '../../common/tracing/run-trace-ids.js';
import type { TraceSource } from '../../common/tracing/trace-source.js';
import type { TaskOutcome } from '../../tasks/domain/task-outcome.js';
import type { RunEnd } from '../domain/run-state.js';
import type { ClaimedRun } from '../engine-store.port.js';
import type { TraceNames } from './trace-names.js';

/** An attempt as its span tells of it. */
export interface TracedAttempt {
  /** UUID of the task. */
  readonly id: string;
  readonly taskId: string;
  readonly taskType: string;
  readonly agentId: string | null;
  readonly attempt: number;
  readonly parameters: unknown;
}

/** What one agent does in this stay. */
interface AgentWork {
  readonly span: Span;
  readonly context: Context;
  readonly name: Promise<string | null>;
  endedAt: number;
}

const WORKFLOW = 'invoke_workflow';
const AGENT = 'invoke_agent';
const TOOL = 'execute_tool';

const operation = (name: string): Attributes => ({ 'gen_ai.operation.name': name });

/**
 * The spans of one stay of a run with this process, from its claim to its end, park or loss, by OpenTelemetry's
 * conventions for generative AI (semantic-conventions-genai, gen-ai-agent-spans, read 2026-11-24). No span is open
 * while a run is parked; whoever ends the run adds the span of the whole, which all processes know as the parent.
 */
export class RunTrace {
  private readonly openedAt = Date.now();
  private readonly context: Context;
  private readonly span: Span;
  private readonly agents = new Map<string, AgentWork>();
  private readonly name: Promise<string | null>;

  constructor(
    private readonly source: TraceSource,
    private readonly names: TraceNames,
    private readonly run: Pick<ClaimedRun, 'runId' | 'workflowId' | 'epoch' | 'parent'>,
  ) {
    const { runId, workflowId, epoch } = run;
    const root = runContext(source, runId);
    const attributes = { ...this.attributes(WORKFLOW), 'tandem.run.stay': epoch };
    this.span = source.tracer(TRACER).startSpan(WORKFLOW, { attributes }, root);
    this.context = trace.setSpan(root, this.span);
    this.name = workflowId === null ? Promise.resolve(null) : names.workflow(workflowId);
  }

  /** What is done for the run, and for none of its attempts. */
  within<T>(work: () => T): T {
    return context.with(this.context, work);
  }

  async attempt(attempt: TracedAttempt, work: () => Promise<void>): Promise<void> {
    const agent = attempt.agentId === null ? null : this.agentOf(attempt.agentId);
    const parent = agent?.context ?? this.context;
    const span = this.startAttempt(attempt, parent);
    try {
      await context.with(trace.setSpan(parent, span), () => {
        captureContent('gen_ai.tool.call.arguments', attempt.parameters);
        return work();
      });
    } finally {
      span.end();
      if (agent !== null) agent.endedAt = Date.now();
    }
  }

  /** What became of the attempt that is under way here. */
  outcome(kind: string, outcome: TaskOutcome<unknown>): void {
    currentSpan()?.setAttribute('tandem.task.outcome', kind);
    if (kind === 'done' && outcome.kind === 'done') captureContent('gen_ai.tool.call.result', outcome.result);
  }

  /** An attempt that could not begin. */
  refused(attempt: TracedAttempt, code: string): void {
    const parent = attempt.agentId === null ? this.context : this.agentOf(attempt.agentId).context;
    const span = this.startAttempt(attempt, parent);
    failSpan(span, code);
    span.end();
  }

  /** `end`: of a run that has ended in this stay, on record. */
  close(how: string, end: RunEnd | null): void {
    const closedAt = Date.now();
    this.span.setAttribute('tandem.run.departure', how);
    for (const { span, name, endedAt } of this.agents.values())
      void name.then((agent) => endNamed(span, AGENT, 'gen_ai.agent.name', agent, endedAt));
    if (end?.status === 'failed') failSpan(this.span, end.reason);
    void this.name.then((workflow) => {
      endNamed(this.span, WORKFLOW, 'gen_ai.workflow.name', workflow, closedAt);
      if (end !== null) this.endWhole(end, workflow, closedAt);
    });
  }

  private startAttempt({ id, taskId, taskType, agentId, attempt }: TracedAttempt, parent: Context): Span {
    const attributes = {
      ...this.attributes(TOOL),
      'gen_ai.tool.name': taskType,
      'gen_ai.tool.type': 'function',
      'tandem.task.id': id,
      'tandem.task.slug': taskId,
      'tandem.task.attempt': attempt,
      ...(agentId === null ? {} : { 'gen_ai.agent.id': agentId }),
    };
    return this.source.tracer(TRACER).startSpan(`${TOOL} ${taskType}`, { attributes }, parent);
  }

  private agentOf(agentId: string): AgentWork {
    const known = this.agents.get(agentId);
    if (known !== undefined) return known;
    const attributes = { ...this.attributes(AGENT), 'gen_ai.agent.id': agentId };
    const span = this.source.tracer(TRACER).startSpan(AGENT, { attributes }, this.context);
    const work = {
      ...{ span, context: trace.setSpan(this.context, span) },
      ...{ name: this.names.agent(agentId), endedAt: Date.now() },
    };
    this.agents.set(agentId, work);
    return work;
  }

  private endWhole({ status, reason }: RunEnd, workflow: string | null, endedAt: number): void {
    const { runId, parent } = this.run;
    const span = this.source.startRoot(runTraceIds(runId), WORKFLOW, {
      startTime: madeAtOf(runId) ?? this.openedAt,
      attributes: { ...this.attributes(WORKFLOW), 'tandem.run.status': status },
      links: parent === null ? [] : [{ context: runSpanContext(parent.runId) }],
    });
    if (status === 'failed') failSpan(span, reason);
    endNamed(span, WORKFLOW, 'gen_ai.workflow.name', workflow, endedAt);
  }

  private attributes(name: string): Attributes {
    const { runId, workflowId } = this.run;
    return {
      ...operation(name),
      'tandem.run.id': runId,
      ...(workflowId === null ? {} : { 'tandem.workflow.id': workflowId }),
    };
  }
}

/** Names are read while the span is under way: nobody waits for them. */
function endNamed(
  span: Span,
  kind: string,
  attribute: string,
  ...[name, endedAt]: readonly [string | null, number]
): void {
  if (name !== null) span.updateName(`${kind} ${name}`).setAttribute(attribute, name);
  span.end(endedAt);
}
