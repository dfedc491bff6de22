import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readCatalogue,
  readCatalogueFile,
  readRequestFile,
  type Tool,
} from '../../../bench/plan-quality/gold-files.js';
import { graphOf } from '../../../bench/plan-quality/graph-of.js';
import { HISTORY_PLANNERS } from '../../../bench/plan-quality/history.js';
import { runPlanQuality } from '../../../bench/plan-quality/main.js';
import { measure } from '../../../bench/plan-quality/measure.js';
import { floorPlanner, rulesPlanner } from '../../../bench/plan-quality/planners.js';
import { scoreOf } from '../../../bench/plan-quality/scores.js';
import { HOUSEHOLD, HOUSEHOLD_REQUESTS } from '../../support/household-catalogue.js';

const TOOLS: readonly Tool[] = HOUSEHOLD.map(({ name, description }) => ({
  ...{ name, description, parameters: [], takes: [], gives: [] },
}));
const NAMES = new Set(TOOLS.map(({ name }) => name));
const REQUESTS = HOUSEHOLD_REQUESTS.map(([text, nodes], at) => ({
  ...{ id: String(at), text, steps: [] },
  gold: { nodes, links: nodes.slice(1).map((target, index) => ({ source: nodes[index] as string, target })) },
}));

describe('the rules planner', () => {
  it('is never below the floor', () => {
    const [floor] = measure(
      'floor',
      REQUESTS.map((request) => ({ request, planner: floorPlanner(TOOLS) })),
      NAMES,
    );
    const rules = rulesPlanner(TOOLS);
    const [quality] = measure(
      'rules',
      REQUESTS.map((request) => ({ request, planner: rules })),
      NAMES,
    );
    expect(quality?.node).toBeGreaterThanOrEqual(floor?.node as number);
    expect(quality?.edge).toBeGreaterThanOrEqual(floor?.edge as number);
    expect(quality?.exact).toBeGreaterThanOrEqual(floor?.exact as number);
    expect(quality?.invalid).toBe(0);
  });
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-quality-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const file = (content: string): string => {
  const path = join(folder, 'file.json');
  writeFileSync(path, content);
  return path;
};

describe('the files of the benchmark', () => {
  it('hold tools with more or less than is needed', () => {
    const nodes = [
      {
        id: 'a b',
        desc: 'A',
        parameters: [{ name: 'x', type: 'string', desc: 'X', other: 1 }, { name: 'y' }],
      },
      { id: 7, 'input-type': ['image'], 'output-type': null, extra: {} },
      { id: 'a b', desc: 'again' },
    ];
    const expected = [
      {
        ...{ name: 'a b', description: 'A', takes: [], gives: [] },
        parameters: [
          { name: 'x', type: 'string', description: 'X' },
          { name: 'y', type: 'string', description: '' },
        ],
      },
      { name: '7', description: '', takes: ['image'], gives: [], parameters: [] },
    ];
    expect(readCatalogue(file(JSON.stringify({ nodes, links: [] })))).toEqual(expected);
    expect(readCatalogue(file(JSON.stringify(nodes)))).toEqual(expected);
  });

  it('hold requests as lines or as a list', () => {
    const rows = [
      { id: 3, user_request: 'do it', task_nodes: [{ task: 'a', arguments: [1] }], task_links: null, n: 1 },
      {
        user_request: 'do',
        task_nodes: ['a', 'b'],
        task_links: [{ source: 'a', target: 'b' }],
        task_steps: ['x'],
      },
      { id: 4, user_request: 'nothing', task_nodes: [] },
    ];
    const expected = {
      requests: [
        { id: '3', text: 'do it', steps: [], gold: { nodes: ['a'], links: [] } },
        {
          id: '1',
          text: 'do',
          steps: ['x'],
          gold: { nodes: ['a', 'b'], links: [{ source: 'a', target: 'b' }] },
        },
      ],
      skipped: 1,
    };
    expect(readRequestFile(file(rows.map((row) => JSON.stringify(row)).join('\n\n')))).toEqual(expected);
    expect(readRequestFile(file(JSON.stringify(rows)))).toEqual(expected);
  });
});

describe('files that cannot be used', () => {
  it('leave out tools without an id and ids of earlier ones', () => {
    const nodes = [{ id: 'a' }, { desc: 'no id' }, { id: 'a', desc: 'again' }, 'b'];
    expect(readCatalogueFile(file(JSON.stringify(nodes)))).toMatchObject({
      tools: [{ name: 'a' }],
      skipped: 3,
    });
  });

  it('leave out lines that are no JSON', () => {
    const row = JSON.stringify({ user_request: 'do it', task_nodes: ['a'] });
    expect(readRequestFile(file(`${row}\n{"user_request": \n${row}`))).toMatchObject({ skipped: 1 });
  });

  it.each([
    ['a catalogue that is no JSON', readCatalogue, '{"nodes": [', /is no JSON: /],
    ['something else than a catalogue', readCatalogue, '{"tools": []}', /is no catalogue: a list of tools/],
    ['a catalogue without tools', readCatalogue, '[{"desc": "a"}]', /holds no tool with an id/],
    [
      'requests without plans',
      readRequestFile,
      '{"user_request": "a"}',
      /holds no request with "user_request"/,
    ],
    ['a list of requests cut off', readRequestFile, '[{"user_request"', /is no JSON: /],
    ['an empty file', readRequestFile, '', /holds no request/],
  ])('say what is wrong: %s', (_, read, content, message) => {
    expect(() => read(file(content))).toThrow(message);
  });

  it('say that there is none', () => {
    expect(() => readRequestFile('nowhere.jsonl')).toThrow(/nowhere.jsonl cannot be read: ENOENT/);
  });

  it.each([
    [[], 'npm run bench plan-quality -- --catalogue'],
    [['--catalogue', 'a', '--requests', 'b', '--limit', '0'], '--limit is a count of at least 1, not 0.'],
    [['--limit', 'x', '--catalogue', 'a', '--requests', 'b'], '--limit is a count of at least 1, not x.'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--catalogue', 'nowhere.json', '--requests', 'b'], 'nowhere.json cannot be read: ENOENT'],
  ])('end the command with 2 and no stack: %j', (args, said) => {
    const told = jest.spyOn(console, 'error').mockReturnValue();
    try {
      expect(runPlanQuality(args)).toBe(2);
      expect(told.mock.calls.flat().join('\n')).toContain(said);
    } finally {
      told.mockRestore();
    }
  });
});

describe('what the benchmark counts', () => {
  const graph = (nodes: string, links = '') => ({
    nodes: nodes === '' ? [] : nodes.split(' '),
    links:
      links === ''
        ? []
        : links.split(' ').map((one) => ({ source: one[0] as string, target: one[1] as string })),
  });

  it.each([
    ['a b', 'ab', 'a b', 'ab', [1, 1, 1]],
    ['a b', 'ab', 'b a', 'ba', [1, 0, 0]],
    ['a', '', 'a a', '', [1, 1, 1]],
    ['a b c', 'ab bc', 'a b', 'ab', [0.8, 2 / 3, 0]],
    ['a', '', '', '', [0, 1, 0]],
  ])('gold %s (%s), plan %s (%s)', (gold, goldLinks, plan, planLinks, [node, edge, exact]) => {
    expect(scoreOf(graph(gold, goldLinks), graph(plan, planLinks))).toEqual({ node, edge, exact });
  });

  it('has no node for a step that nothing does', () => {
    const step = (taskType: string | null, after: number[]) => ({
      ...{ clause: '', taskType, candidates: [], literals: [], isInserted: false, after, condition: null },
    });
    expect(
      graphOf({ steps: [step('a', []), step(null, [0]), step('b', [1]), step('b', [2])], leftOut: [] }),
    ).toEqual({
      nodes: ['a', 'b', 'b'],
      links: [{ source: 'a', target: 'b' }],
    });
  });

  it('has seen and unseen plans apart, and how sure a planner was', () => {
    const rules = rulesPlanner(TOOLS);
    const planner = HISTORY_PLANNERS['nearest plan']?.(TOOLS, REQUESTS.slice(0, 4), rules) ?? rules;
    const trials = REQUESTS.map((request) => ({ request, planner }));
    const [all, seen, unseen] = measure('near', trials, NAMES, ({ id }) => Number(id) < 4);
    expect(all).toMatchObject({ planner: 'near', requests: 10, coverage: 0.4, precision: 1 });
    expect(seen).toMatchObject({ planner: 'near, seen plans', requests: 4, exact: 1 });
    expect(unseen).toMatchObject({ planner: 'near, unseen plans', requests: 6, exact: 0, coverage: null });
  });
});
