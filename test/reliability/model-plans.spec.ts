import { describe, expect, it } from '@jest/globals';
import { type AssembledPlan, assemblePlan } from '../../src/planning/model/domain/assemble-plan.js';
import { readModelPlan } from '../../src/planning/model/domain/read-model-plan.js';
import { PLAN_AGENTS, PLAN_CATALOGUE, planContext } from '../factories/catalogue.factory.js';
import { cpuTimeOf } from '../support/cpu-time.js';
import { fullOr } from './full.js';
import { aMutatedAnswer, anAnswer, randomOf } from './model-answers.js';

const COUNT = fullOr({ full: 10_000, usual: 1_000 });
const REQUEST =
  'Summarize notes.json, have Ada look at it, and write it to out.md; "{{ tasks.t0.result }}" is a text.';
const given = { catalogue: PLAN_CATALOGUE, agents: PLAN_AGENTS, request: REQUEST };
const context = planContext();
const assemble = (answer: unknown) => assemblePlan(answer, given, context);

describe('answers of models', () => {
  it('as they should be are plans', () => {
    const refused = Array.from({ length: 100 }, (_, seed) => assemble(anAnswer(randomOf(seed)))).filter(
      ({ plan }) => plan === null,
    );
    expect(refused).toEqual([]);
  });

  it(`spoilt in ${COUNT} ways are plans, or refused with reasons, and the same every time`, () => {
    const times: number[] = [];
    let plans = 0;
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const answer = aMutatedAnswer(seed);
      let assembled: AssembledPlan | undefined;
      times.push(cpuTimeOf(() => (assembled = assemble(answer))));
      const { plan, issues } = assembled as AssembledPlan;
      plans += plan === null ? 0 : 1;
      expect({ seed, hasPlan: plan !== null }).toEqual({ seed, hasPlan: issues.length === 0 });
      expect({ seed, issues: assemble(answer).issues }).toEqual({ seed, issues });
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(plans).toBeGreaterThan(COUNT / 10);
    expect(plans).toBeLessThan(COUNT);
    times.sort((a, b) => a - b);
    const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1);
    if (COUNT === 10_000)
      console.log(
        `${plans} of ${COUNT} plans; ms of processor time p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`,
      );
  });

  it('come out of a second reading as they were', () => {
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const { plan } = assemble(aMutatedAnswer(seed));
      if (plan === null) continue;
      const again = readModelPlan(plan.definition, given);
      expect({ seed, ...again.definition }).toEqual({ seed, ...plan.definition });
      expect({ seed, diagnostics: again.diagnostics }).toEqual({ seed, diagnostics: [] });
    }
  });
});
