import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../../config/config.js';
import { testLlmSettings } from '../../../test/support/test-app.js';
import type { DefinitionCost } from './definition-cost.js';
import { type Budget, unusedBudget } from './domain/budget.js';
import type { LedgerStore } from './ledger.port.js';
import type { Ledger } from './ledger.service.js';
import { StartAdmission } from './start-admission.js';

const total = (change: Partial<Budget>): Budget => ({ ...unusedBudget('total'), limit: 100n, ...change });

/** A start of at most 60 n$: what the budgets say now, and what they say once all that ended is booked. */
function admission(now: Budget, booked: Budget) {
  let waits = 0;
  const cost = { maximum: () => Promise.resolve(60n) } as unknown as DefinitionCost;
  const store = { find: () => Promise.resolve([now]) } as unknown as LedgerStore;
  const find = () => {
    waits += 1;
    return Promise.resolve([booked]);
  };
  const config = { llm: testLlmSettings() } as AppConfig;
  const admits = new StartAdmission(cost, store, { find } as unknown as Ledger, config);
  const admit = () =>
    admits.admit({
      ...{ runId: 'r', workflowId: null, definition: { tasks: [] }, agentIds: [], runBudgetUsd: null },
    });
  return { admit, waits: () => waits };
}

describe('the admission of a start', () => {
  it('waits for no booking where there is room: it is in a transaction', async () => {
    const { admit, waits } = admission(total({ spent: 40n }), total({ spent: 90n }));
    await admit();
    expect(waits()).toBe(0);
  });

  it('refuses nobody for what a call holds that has ended', async () => {
    const { admit, waits } = admission(total({ reserved: 80n }), total({ spent: 10n }));
    await admit();
    expect(waits()).toBe(1);
  });

  it('refuses what does not fit then either', async () => {
    const short = total({ spent: 41n });
    await expect(admission(short, short).admit()).rejects.toThrow(
      'may cost up to 0.000000060 USD, but total leaves 0.000000059 USD',
    );
  });

  it('says that a budget is closed', async () => {
    const closed = total({ closedAt: new Date(0), overrun: 5n });
    await expect(admission(closed, closed).admit()).rejects.toThrow('The budget total is closed');
  });
});
