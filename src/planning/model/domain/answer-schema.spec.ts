import { describe, expect, it } from '@jest/globals';
import { portableSchemaIssues, toPortableSchema } from '../../../llm/domain/portable-schema.js';
import { answerSchemaFor } from './answer-schema.js';

const names = (count: number, length = 10) =>
  Array.from({ length: count }, (_, index) => `t.${String(index).padStart(length - 2, 'x')}`);
const enumsOf = (value: unknown): number[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, each]) =>
        key === 'enum' ? [(each as unknown[]).length] : enumsOf(each),
      );

describe('the schema of an answer', () => {
  it.each([0, 1, 30, 250, 1_000])('over %i task types is portable', (count) => {
    expect(portableSchemaIssues(toPortableSchema(answerSchemaFor(names(count), names(count))))).toEqual([]);
  });

  it('leaves no choice but the task types and agents there are', () => {
    const schema = answerSchemaFor(['a.b', 'c.d'], ['x']);
    const task = {
      ...{ id: 'a', taskType: 'a.b', description: '', parameters: [], dependsOn: [], when: [], agentId: 'x' },
    };
    const fits = (change: object) =>
      schema.safeParse({ summary: '', tasks: [{ ...task, ...change }] }).success;
    expect([{}, { agentId: '' }, { taskType: 'a.c' }, { agentId: 'y' }, { extra: 1 }].map(fits)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('holds no more choices than providers take', () => {
    expect(enumsOf(toPortableSchema(answerSchemaFor(names(30), names(5))))).toEqual([30, 6]);
    expect(enumsOf(toPortableSchema(answerSchemaFor(names(251), names(5))))).toEqual([6]);
    expect(enumsOf(toPortableSchema(answerSchemaFor(names(200, 60), [])))).toEqual([1]);
  });
});
