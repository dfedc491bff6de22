import { z } from 'zod';
import type { Issue } from '../../src/common/issue.js';
import { describeTaskType } from '../../src/tasks/domain/describe-task-type.js';
import type { RegisteredTaskType } from '../../src/tasks/domain/registered-task-type.js';
import type { Availability, TaskTypeOptions } from '../../src/tasks/domain/task-type.js';
import type { Definition, TaskDefinition } from '../../src/workflows/domain/definition.js';
import type { ValidationContext } from '../../src/workflows/domain/validation-context.js';

/** A task of type `test.any` without dependencies; say what matters. */
export function aTask(overrides: Partial<TaskDefinition> = {}): TaskDefinition {
  return { taskId: 'a', taskType: 'test.any', parameters: {}, dependencies: [], ...overrides };
}

/** `{ b: ['a'] }` → tasks in the order of the keys, each with its dependencies; estimates by taskId if given. */
export function tasksOf(
  graph: Readonly<Record<string, readonly string[]>>,
  estimates: Readonly<Record<string, number>> = {},
): TaskDefinition[] {
  return Object.entries(graph).map(([taskId, dependencies]) => {
    const estimate = estimates[taskId];
    return aTask({
      taskId,
      dependencies,
      ...(estimate === undefined ? {} : { estimatedDurationSeconds: estimate }),
    });
  });
}

export function aDefinition(overrides: Partial<Definition> = {}): Definition {
  return { tasks: [aTask()], ...overrides };
}

/** A registered type that takes any parameters and has no effect; say what matters. */
export function aTaskType(
  overrides: Partial<TaskTypeOptions> & { readonly availability?: Availability } = {},
): RegisteredTaskType {
  const { availability, ...options } = overrides;
  const described = describeTaskType(
    {
      name: 'test.any',
      description: 'For tests.',
      parameters: z.looseObject({}),
      result: z.unknown(),
      effects: () => 'none',
      examples: [],
      ...options,
    },
    {
      execute: () => Promise.resolve({ kind: 'done', result: null }),
      ...(availability === undefined ? {} : { availability: () => availability }),
    },
  );
  if ('problems' in described) throw new Error(described.problems.join('; '));
  return described.type;
}

/** A context that knows these types (default: `test.any`) and no agents. */
export function aValidationContext(
  types: readonly RegisteredTaskType[] = [aTaskType()],
  overrides: Partial<ValidationContext> = {},
): ValidationContext {
  const byName = new Map(types.map((type) => [type.name, type]));
  return { findTaskType: (name) => byName.get(name), taskTypeNames: [...byName.keys()], ...overrides };
}

/** `code pointer`, the part of an issue callers act on. */
export const brief = (issues: readonly Issue[]): string[] =>
  issues.map(({ code, pointer }) => `${code} ${pointer}`);
