import { z } from 'zod';

/** What one list of choices may hold before providers refuse it (OpenAI, structured outputs, 2026-11). */
const MAX_CHOICES = 250;
const MAX_CHARACTERS = 7_500;

const text = (description: string) => z.string().meta({ description });

/** A closed set where it is small enough to be sent; else any text, which is checked when it is read. */
function oneOf(choices: readonly string[], description: string): z.ZodType<string> {
  const isSmall = choices.length <= MAX_CHOICES && choices.join('').length <= MAX_CHARACTERS;
  const [first, ...rest] = choices;
  if (first === undefined || !isSmall) return text(description);
  return z.enum([first, ...rest]).meta({ description });
}

/** What a model is asked for: a flat list of tasks over these types and agents, closed and with everything required. */
export function answerSchemaFor(taskTypes: readonly string[], agentIds: readonly string[]): z.ZodType {
  const parameter = z.strictObject({
    name: text('Name of the parameter.'),
    value: text('Its value as JSON text, or a reference {{ tasks.<id>.result.<field> }}.'),
  });
  const condition = z.strictObject({
    value: text('Exactly one reference.'),
    equals: text('The value it has to equal, as JSON text.'),
  });
  const task = z.strictObject({
    id: text('Lower case letters, digits and hyphens; unique.'),
    taskType: oneOf(taskTypes, 'Id of a task type of the catalogue.'),
    description: text('What the task does, one sentence.'),
    parameters: z.array(parameter),
    dependsOn: z.array(z.string()).meta({ description: 'Ids of the tasks it waits for.' }),
    when: z.array(condition).max(1).meta({ description: 'Empty: it always runs.' }),
    agentId: oneOf(['', ...agentIds], 'Who executes it; empty: whoever can.'),
  });
  return z.strictObject({ summary: text('What the plan does, one sentence.'), tasks: z.array(task) });
}
