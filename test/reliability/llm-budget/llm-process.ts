// One process of Tandem that asks a model what the harness tells it to, to be killed. Everything comes from the
// environment and from messages of its parent (messages.ts); it dies with its parent.
import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../../src/create-app.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { Ledger } from '../../../src/llm/budget/ledger.service.js';
import { LedgerStore } from '../../../src/llm/budget/ledger.port.js';
import { Upkeep } from '../../../src/llm/upkeep.service.js';
import { Asker } from '../../../src/llm/calls/asker.service.js';
import { ModelCalls } from '../../../src/llm/calls/model-calls.service.js';
import { NoAnswer } from '../../../src/llm/calls/no-answer.js';
import type { Question } from '../../../src/llm/calls/question.js';
import { testConfig, testLlmSettings } from '../../support/test-app.js';
import type { Ending, Order, PlannedCall, Report, StoreSettings } from './messages.js';
import { LedgerStatements } from '../../../src/llm/budget/adapters/ledger-statements.js';
import { NaiveLedgerStore } from './naive-ledger.store.js';

const {
  DATABASE_URL = '',
  DATA_FOLDER = '',
  PROVIDER_URL = '',
  MODEL = '',
  WORKFLOW_LIMIT = '0',
} = process.env;

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const tell = (report: Report): void => void process.send?.(report);

const app = await createApp({
  config: testConfig(DATA_FOLDER, {
    role: 'api',
    log: { level: 'error', pretty: false },
    llm: testLlmSettings({
      ...{
        provider: 'openai',
        model: MODEL,
        openai: { apiKey: 'sk-harness-0123456789', baseUrl: PROVIDER_URL },
      },
      workflowLimitNanoUsd: BigInt(WORKFLOW_LIMIT),
    }),
  }),
  databaseUrl: DATABASE_URL,
});
await app.init();
const calls = app.get(ModelCalls);
const ledger = app.get(Ledger);
const reaper = app.get(Upkeep);
const noContext = { agentId: null, workflowId: null, runId: null, taskId: null };
const { candidates } = await app.get(Asker).choose({ context: noContext });

let settings: StoreSettings = { isNaive: false, lossChance: 0 };
const store = app.get(LedgerStore);
const [reserve, settle] = [store.reserve.bind(store), store.settle.bind(store)];
const naive = new NaiveLedgerStore(app.get(UnitOfWork), app.get(LedgerStatements, { strict: false }));
const isLost = (share: number): boolean => Math.random() < settings.lossChance * share;
const lost = (): Error => new Error('The answer to a commit was lost.');
store.reserve = async (given, defaults, isFinal) => {
  const verdicts = await (settings.isNaive
    ? naive.reserve(given, defaults)
    : reserve(given, defaults, isFinal));
  if (!isLost(0.2)) return verdicts;
  tell({ type: 'lost', taskIds: given.map(({ taskId }) => taskId ?? '') });
  throw lost();
};
store.settle = async (settlements) => {
  const settled = await settle(settlements);
  if (isLost(1)) throw lost();
  return settled;
};

const questionOf = ({ text, maxOutputTokens }: PlannedCall): Question => ({
  ...{ interactionType: 'harness', promptVersion: 'harness@1', system: null, maxInputBytes: 65_536 },
  messages: [{ role: 'user', text }],
  maxOutputTokens,
  read: (answer) =>
    answer === 'Fine.'
      ? { answer }
      : { issues: [{ code: 'odd', message: 'Not what was asked for.', pointer: '', severity: 'error' }] },
});

async function endingOf(call: PlannedCall): Promise<Ending> {
  const { context, timeoutMs } = call;
  const { taskId } = context;
  const signal = AbortSignal.timeout(timeoutMs);
  const deadlineMs = performance.now() + timeoutMs;
  try {
    const { costNanoUsd } = await calls.ask(questionOf(call), { candidates, context, signal, deadlineMs });
    return { taskId, reason: 'answered', costNanoUsd: costNanoUsd.toString() };
  } catch (error) {
    if (!(error instanceof NoAnswer))
      return { taskId, reason: `error: ${(error as Error).stack}`, costNanoUsd: '0' };
    const { reason, costNanoUsd } = error;
    // While its breaker is open there is nothing to do but to wait.
    if (reason === 'provider_unavailable') await sleep(250);
    return { taskId, reason, costNanoUsd: costNanoUsd.toString() };
  }
}

process.on('message', (order: Order) => {
  // Told when it is booked: whoever is killed before that has its call among those that nobody knows the end of.
  if (order.type === 'ask')
    void endingOf(order.call).then(async (ending) => {
      await ledger.booked();
      tell({ type: 'ended', ending });
    });
  else if (order.type === 'reap')
    // As in src: what did not work now works at the next look.
    void reaper
      .reap()
      .catch(() => 0)
      .then((count) => tell({ type: 'reaped', count }));
  else settings = order.settings;
});
tell({ type: 'ready' });
