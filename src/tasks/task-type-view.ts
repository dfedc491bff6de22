import type { Availability } from './domain/task-type.js';
import type { TaskTypeHistory } from './task-history.port.js';
import type { TaskTypeView } from './task-types.schemas.js';
import { EFFECTS, type Effect } from './domain/effect.js';
import { availabilityOf, type RegisteredTaskType } from './domain/registered-task-type.js';

/** The effects the examples of a type have, mildest first. */
export function declaredEffects(type: RegisteredTaskType): Effect[] {
  const found = new Set(
    type.examples.map(({ parameters }) => type.effects(type.parameters.parse(parameters))),
  );
  return EFFECTS.filter((effect) => found.has(effect));
}

function availabilityView(availability: Availability): TaskTypeView['availability'] {
  return availability.available ? { available: true } : { available: false, reason: availability.reason };
}

/** A task type as the catalogue shows it. */
export function taskTypeView(type: RegisteredTaskType, history: TaskTypeHistory | undefined): TaskTypeView {
  return {
    name: type.name,
    description: type.description,
    parametersSchema: { ...type.parametersJsonSchema },
    resultSchema: { ...type.resultJsonSchema },
    effects: declaredEffects(type),
    availability: availabilityView(availabilityOf(type)),
    adjustableParameters: [...type.adjustableParameters],
    examples: type.examples.map(({ title, parameters }) => ({ title, parameters })),
    history: history ?? null,
  };
}
