import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AGENT_STATUSES } from './agent.js';
import {
  chooseAll,
  leastLoaded,
  type Loads,
  type RoutableAgent,
  shortlistAll,
  tiedAgentIds,
} from './routing.js';

const agent = (id: string, ...capabilities: string[]): RoutableAgent => ({
  id,
  capabilities,
  status: 'active',
});
const NO_LOAD: ReadonlyMap<string, number> = new Map();

const alone = (...taskTypes: string[]) => new Map(taskTypes.map((taskType) => [taskType, [taskType]]));
const shortlist = (list: readonly RoutableAgent[], ...taskTypes: string[]) =>
  shortlistAll(list, new Map([['it', taskTypes]])).get('it') ?? [];
const routeTask = (list: readonly RoutableAgent[], taskType: string, loads: Loads) =>
  leastLoaded(shortlist(list, taskType), loads);

describe('routing one task type', () => {
  it.each<[string, RoutableAgent[], string, Record<string, number>, string | null]>([
    ['nobody is there', [], 'http.request', {}, null],
    ['nobody is capable', [agent('a', 'text.render', 'file.*')], 'http.request', {}, null],
    [
      'an exact name beats a group',
      [agent('a', 'http.*'), agent('b', 'http.request')],
      'http.request',
      {},
      'b',
    ],
    ['a group beats everything', [agent('a', '*'), agent('b', 'http.*')], 'http.request', {}, 'b'],
    ['a longer group beats a shorter', [agent('a', 'x.*'), agent('b', 'x.y.*')], 'x.y.z', {}, 'b'],
    ['the best of an agent counts', [agent('a', 'x.*'), agent('b', '*', 'x.y')], 'x.y', {}, 'b'],
    ['fit beats load', [agent('a', 'x.y'), agent('b', '*')], 'x.y', { a: 99 }, 'a'],
    ['load decides a tie', [agent('a', '*'), agent('b', '*')], 'x.y', { a: 2, b: 1 }, 'b'],
    ['missing load is none', [agent('a', '*'), agent('b', '*')], 'x.y', { a: 1 }, 'b'],
    ['the id decides the rest', [agent('b', '*'), agent('a', '*')], 'x.y', { a: 1, b: 1 }, 'a'],
    ['a group does not cover a longer name', [agent('a', 'http.*')], 'https.get', {}, null],
  ])('%s', (_, agents, taskType, loads, expected) => {
    expect(routeTask(agents, taskType, new Map(Object.entries(loads)))).toBe(expected);
  });

  it.each(['paused', 'retired'] as const)('passes over a %s agent', (status) => {
    const agents = [{ ...agent('a', 'x.y'), status }, agent('b', '*')];
    expect(routeTask(agents, 'x.y', NO_LOAD)).toBe('b');
  });
});

describe('routing a task with more types than its own', () => {
  it.each<[string, RoutableAgent[], string[], string[]]>([
    ['takes who covers all', [agent('a', 'x.y'), agent('b', '*')], ['x.y', 'z.w'], ['b']],
    ['covers them with several capabilities', [agent('a', 'z.*', 'x.y')], ['x.y', 'z.w'], ['a']],
    [
      'prefers the most specific for the first type',
      [agent('a', '*', 'z.w'), agent('b', 'x.y', 'z.*'), agent('c', 'x.*', 'z.w')],
      ['x.y', 'z.w'],
      ['b'],
    ],
    ['takes nobody when each covers a part', [agent('a', 'x.y'), agent('b', 'z.w')], ['x.y', 'z.w'], []],
    [
      'does not mind how specifically the others are covered',
      [agent('a', 'x.y', '*'), agent('b', 'x.y', 'z.w')],
      ['x.y', 'z.w'],
      ['a', 'b'],
    ],
    [
      'asks for every one of them',
      [agent('a', 'x.y', 'z.w'), agent('b', 'x.*', 'z.*', 'q.r')],
      ['x.y', 'z.w', 'q.r'],
      ['b'],
    ],
  ])('%s', (_, agents, taskTypes, expected) => expect(shortlist(agents, ...taskTypes)).toEqual(expected));

  it.each(['paused', 'retired'] as const)('passes over a %s agent', (status) => {
    const agents = [{ ...agent('a', 'x.y', 'z.w'), status }, agent('b', '*')];
    expect(shortlist(agents, 'x.y', 'z.w')).toEqual(['b']);
  });
});

describe('routing many task types', () => {
  const agents = [agent('c', 'http.*'), agent('a', '*'), agent('b', '*')];
  const shortlists = shortlistAll(agents, alone('http.request', 'text.render'));

  it('lists the equally fit agents of each type', () => {
    expect(shortlists).toEqual(
      new Map([
        ['http.request', ['c']],
        ['text.render', ['a', 'b']],
      ]),
    );
  });

  it('needs the load of tied agents only', () => expect(tiedAgentIds(shortlists)).toEqual(['a', 'b']));

  it('needs no load without a tie', () =>
    expect(tiedAgentIds(shortlistAll(agents, alone('http.request')))).toEqual([]));

  it('answers every type, null where nobody is capable', () => {
    const few = shortlistAll([agent('c', 'http.*')], alone('http.request', 'text.render'));
    expect(chooseAll(few, NO_LOAD)).toEqual(
      new Map([
        ['http.request', 'c'],
        ['text.render', null],
      ]),
    );
  });
});

const capabilities = fc.subarray(['*', 'a.*', 'a.b', 'a.b.*', 'a.b.c', 'z.*']);
const agents = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    capabilities,
    status: fc.constantFrom(...AGENT_STATUSES),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const taskType = fc.constantFrom('a.b', 'a.b.c', 'a.x', 'q.r');

describe('routing, for any agents', () => {
  const seen = fc.record({ agents, taskType, loads: fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }) });
  const loadsOf = (list: readonly RoutableAgent[], loads: readonly number[]) =>
    new Map(list.map(({ id }, index) => [id, loads[index] ?? 0]));

  it('does not depend on the order of the agents', () => {
    fc.assert(
      fc.property(seen, ({ agents, taskType, loads }) => {
        const map = loadsOf(agents, loads);
        expect(routeTask(agents.toReversed(), taskType, map)).toBe(routeTask(agents, taskType, map));
      }),
    );
  });

  it('finds an agent exactly when an active one is capable, and only such a one', () => {
    fc.assert(
      fc.property(seen, ({ agents, taskType, loads }) => {
        const [group] = taskType.split('.') as [string];
        const able = (names: readonly string[]): boolean =>
          names.includes('*') ||
          names.includes(taskType) ||
          (group === 'a' && names.includes('a.*')) ||
          (taskType === 'a.b.c' && names.includes('a.b.*'));
        const fit = agents
          .filter((one) => one.status === 'active' && able(one.capabilities))
          .map(({ id }) => id);
        const chosen = routeTask(agents, taskType, loadsOf(agents, loads));
        expect(chosen === null ? fit : fit.includes(chosen)).toEqual(chosen === null ? [] : true);
      }),
    );
  });

  it('gives the same answer in a batch, asking load only for ties', () => {
    fc.assert(
      fc.property(seen, ({ agents, taskType, loads }) => {
        const all = loadsOf(agents, loads);
        const shortlists = shortlistAll(agents, alone(taskType, 'q.r'));
        const asked = new Map(tiedAgentIds(shortlists).map((id) => [id, all.get(id) ?? 0]));
        expect(chooseAll(shortlists, asked).get(taskType)).toBe(routeTask(agents, taskType, all));
      }),
    );
  });

  it('takes nobody who is more loaded than another of the shortlist', () => {
    fc.assert(
      fc.property(seen, ({ agents, taskType, loads }) => {
        const map = loadsOf(agents, loads);
        const ids = shortlist(agents, taskType);
        const chosen = leastLoaded(ids, map);
        if (chosen === null) return;
        expect(ids.filter((id) => (map.get(id) ?? 0) < (map.get(chosen) ?? 0))).toEqual([]);
      }),
    );
  });
});
