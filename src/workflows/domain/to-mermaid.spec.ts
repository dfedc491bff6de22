import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aTask } from '../../../test/factories/definition.factory.js';
import type { TaskDefinition } from './definition.js';
import { toMermaid } from './to-mermaid.js';

const drawn = (tasks: readonly TaskDefinition[]): string[] =>
  toMermaid({ tasks }, ({ taskType }) => (taskType === 'mail.send' ? 'irreversible' : 'none')).split('\n');
const nodesOf = (lines: readonly string[]) => lines.filter((line) => /^ {2}n\d+[[{]/.test(line));
const edgesOf = (lines: readonly string[]) => lines.filter((line) => line.includes('-->'));

const task = (taskId: string, fields: Partial<TaskDefinition> = {}): TaskDefinition =>
  aTask({ taskId, ...fields });

describe('toMermaid', () => {
  it('draws a node a task and an arrow a dependency', () => {
    const lines = drawn([
      task('read', { taskType: 'file.read' }),
      task('ask', { taskType: 'human.task', dependencies: ['read'] }),
      task('agree', { taskType: 'human.approval', dependencies: ['read'] }),
      task('send', { taskType: 'mail.send', dependencies: ['ask', 'agree', 'ask', 'gone'], optional: true }),
      task('later', { taskType: 'file.write', optional: true }),
    ]);
    expect(lines).toEqual([
      'flowchart TD',
      '  n0["read<br/>file.read"]',
      '  n1[/"ask<br/>human.task"/]',
      '  n2{{"agree<br/>human.approval"}}',
      '  n3["send<br/>mail.send"]:::irreversible',
      '  n4["later<br/>file.write"]:::optional',
      '  n0 --> n1',
      '  n0 --> n2',
      '  n1 --> n3',
      '  n2 --> n3',
      '  classDef irreversible stroke:#c00,stroke-width:3px',
      '  classDef optional stroke-dasharray:4 4',
      '',
    ]);
  });

  it.each([
    [{ equals: true }, 'if tasks.a.result.valid = true'],
    [{ notEquals: 'x' }, 'if tasks.a.result.valid ≠ #34;x#34;'],
    [{ in: [1, 2] }, 'if tasks.a.result.valid in #91;1,2#93;'],
    [{ equals: null }, 'if tasks.a.result.valid = null'],
  ])('says when a task runs: %j', (test, told) => {
    const when = { value: '{{ tasks.a.result.valid }}', ...test };
    expect(drawn([task('b', { when })])[1]).toContain(`<br/>${told}`);
  });

  it.each(['constructor', '__proto__', 'toString'])('draws a task type called %s as a box', (taskType) => {
    expect(drawn([task('a', { taskType })])[1]).toMatch(/^ {2}n0\["a<br\/>.+"\]$/);
  });

  it('adds no node, no edge and no markup, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (taskId, taskType) => {
        const lines = drawn([task(taskId, { taskType })]);
        expect(lines).toHaveLength(5);
        expect(lines[1]).toMatch(
          /^ {2}n0(?:\[\/?|\[\[|\{\{)"[^"<>`[\]{}()|&;\\]*(?:#\d+;[^"<>`[\]{}()|&;\\]*)*<br\/>/,
        );
        expect(lines[1]?.match(/"/g)).toHaveLength(2);
        expect(lines[1]?.match(/</g)).toHaveLength(1);
      }),
    );
  });

  it('shortens what is long', () => {
    expect(drawn([task('a'.repeat(200))])[1]).toContain(`"${'a'.repeat(59)}…<br/>`);
  });

  it.each([
    ['a chain', 10_000, (at: number) => (at === 0 ? [] : [at - 1])],
    ['a dense graph', 300, (at: number) => Array.from({ length: at }, (_, before) => before)],
    ['long names', 600, () => []],
  ])('stays within what Mermaid draws: %s', (name, count, before) => {
    const id = (at: number) => (name === 'long names' ? `${at}`.padEnd(60, 'ö') : `t${at}`);
    const tasks = Array.from({ length: count }, (_, at) =>
      task(id(at), { dependencies: before(at).map(id) }),
    );
    const lines = drawn(tasks);
    const nodes = nodesOf(lines).length;
    expect(nodes).toBeGreaterThan(20);
    expect(nodes).toBeLessThanOrEqual(500);
    expect(edgesOf(lines).length).toBeLessThanOrEqual(500);
    expect(lines.join('\n').length).toBeLessThan(50_000);
    expect(lines).toContain(`  more["${count - nodes} more tasks"]`);
  });

  it('speaks of one more task', () => {
    expect(drawn(Array.from({ length: 501 }, (_, at) => task(`t${at}`)))).toContain('  more["1 more task"]');
  });
});
