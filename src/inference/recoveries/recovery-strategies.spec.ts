import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AnswerCounts } from '../../llm/answers/answer-counts.service.js';
import type { GateReason } from '../../llm/domain/gate.js';
import type { LlmService } from '../../llm/llm.service.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import type { RecoveryRule } from '../domain/recovery-rule.js';
import { GetRecoveryStrategy } from '../functions/get-recovery-strategy/get-recovery-strategy.function.js';
import type { RecoveryQuestion } from '../functions/get-recovery-strategy/recovery.schemas.js';
import { RecoveryStrategies } from './recovery-strategies.service.js';

const CONTEXT = { agentId: 'a', workflowId: 'w', runId: null, taskId: null };
const RULE: RecoveryRule = {
  ...{ id: 'r', taskType: 'http.request', errorClass: 'timeout', fingerprint: '', signature: '' },
  recovery: { action: 'retry', delaySeconds: 5, parameters: {}, toAgentId: null },
  ...{ status: 'active', pinned: false, successes: 3, failures: 0, recent: [] },
  ...{ createdAt: new Date(0), updatedAt: new Date(0) },
};

let counted: unknown[];
let reason: GateReason;
let strategies: RecoveryStrategies;
let question: RecoveryQuestion;
beforeEach(() => {
  counted = [];
  reason = 'rule_known';
  const fn = new GetRecoveryStrategy(undefined as unknown as TaskTypeRegistry);
  question = fn.examples[0] as RecoveryQuestion;
  const llm = { gate: () => ({ use: false, reason, checks: [] }), call: () => Promise.resolve('asked') };
  const counts = { count: (...counts: unknown[]) => void counted.push(counts) };
  strategies = new RecoveryStrategies(llm as unknown as LlmService, fn, counts as unknown as AnswerCounts);
});

describe('RecoveryStrategies', () => {
  it('counts a rule that answers instead of a model', async () => {
    expect(await strategies.find(question, [RULE], CONTEXT)).toMatchObject({ source: 'rule' });
    expect(counted).toEqual([['get-recovery-strategy', CONTEXT, { source: 'rule', reason: 'rule_known' }]]);
  });

  it('says why no model would have answered where that is another reason', async () => {
    reason = 'feature_off';
    expect(await strategies.find(question, [RULE], CONTEXT)).toMatchObject({ reason: 'rule_known' });
    expect(counted).toEqual([['get-recovery-strategy', CONTEXT, { source: 'rule', reason: 'feature_off' }]]);
  });

  it('leaves the count to whoever is asked where no rule fits', async () => {
    expect(await strategies.find(question, [{ ...RULE, status: 'demoted' }], CONTEXT)).toBe('asked');
    expect(counted).toEqual([]);
  });
});
