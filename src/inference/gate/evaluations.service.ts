import { Injectable } from '@nestjs/common';
import { unknownAgent } from '../../agents/agents.errors.js';
import { AgentsService } from '../../agents/agents.service.js';
import { RecoveryRecords } from '../../execution/recoveries/recovery-records.port.js';
import { RunsService } from '../../execution/runs.service.js';
import type { FeatureSubject } from '../../features/domain/feature-switch.js';
import type { GateDecision } from '../../llm/domain/gate.js';
import { GateExplanations } from '../../llm/gate-explanations.service.js';
import { failureKindOf } from '../domain/fingerprint.js';
import { applicable } from '../domain/recovery-rule.js';
import { toFailure } from '../domain/described-error.js';
import { verdictsOf } from '../domain/verdicts.js';
import { isAssisted } from '../recoveries/recovery-questions.service.js';
import { RecoveryRules } from '../rules/recovery-rules.service.js';
import { featureOf } from '../scenario-features.js';
import type { Evaluate } from './evaluations.schemas.js';

/** Says why (not) a model would be asked now. Asks nobody. */
@Injectable()
export class Evaluations {
  constructor(
    private readonly agents: AgentsService,
    private readonly runs: RunsService,
    private readonly records: RecoveryRecords,
    private readonly rules: RecoveryRules,
    private readonly gate: GateExplanations,
  ) {}

  /** Fails as `unknown_agent`, `run_not_found`. */
  async evaluate({ agentId, scenario, workflowId, runId, context }: Evaluate): Promise<GateDecision> {
    const agent = await this.agents.find(agentId);
    if (agent === null) throw unknownAgent('/agentId', agentId);
    const run = runId === undefined ? null : await this.runs.record(runId);
    const concerned = workflowId ?? run?.workflowId ?? null;
    const subject = { agentId, ...(concerned !== null && { workflowId: concerned }) };
    const verdicts = verdictsOf({
      ...{ scenario, intelligenceLevel: agent.intelligenceLevel, assisted: run?.assisted ?? null },
      knownRule: await this.knownRule(context, subject),
      assistedRecoveries: await this.count(runId, context?.taskId),
    });
    return this.gate.explain(featureOf(scenario), verdicts, {
      ...{ agentId, runId: runId ?? null, taskId: context?.taskId ?? null },
      workflowId: concerned,
    });
  }

  private async count(runId: string | undefined, taskId: string | undefined) {
    const assisted = runId === undefined ? [] : (await this.records.ofRun(runId)).filter(isAssisted);
    return { ofRun: assisted.length, ofTask: assisted.filter(({ id }) => id === taskId).length };
  }

  private async knownRule(context: Evaluate['context'], subject: FeatureSubject): Promise<string | null> {
    const { taskType, error } = context ?? {};
    if (taskType === undefined || error === undefined) return null;
    const kind = failureKindOf(taskType, toFailure(error));
    const [rule] = applicable(await this.rules.known(kind, subject));
    return rule === undefined ? null : `The rule ${rule.id} says what helps: ${rule.recovery.action}.`;
  }
}
