import { z } from 'zod';
import { done } from '../../src/tasks/domain/task-outcome.js';
import { TaskTypeRegistry } from '../../src/tasks/task-type.registry.js';

/** A registry with `timer.wait` `{ seconds }` and `mail.send` `{ to }`, which do nothing. */
export function fewTaskTypes(): TaskTypeRegistry {
  const registry = new TaskTypeRegistry(undefined as never);
  const handler = { execute: () => Promise.resolve(done({})) };
  const common = { description: 'For tests.', result: z.object({}), examples: [] };
  registry.register(
    {
      ...common,
      name: 'timer.wait',
      parameters: z.strictObject({ seconds: z.number() }),
      effects: () => 'none',
    },
    handler,
  );
  registry.register(
    {
      ...common,
      name: 'mail.send',
      parameters: z.strictObject({ to: z.string() }),
      effects: () => 'irreversible',
    },
    handler,
  );
  return registry;
}
