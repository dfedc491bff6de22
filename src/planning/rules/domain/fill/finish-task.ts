import type { JsonObject } from '../../../../common/json.js';
import type { PlanDiagnostic } from '../../../../workflows/domain/plan.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import type { SketchStep } from '../sketch.js';
import { type DraftedTask, note, resultReference } from './drafted-task.js';
import type { Linker } from './linker.js';
import type { Making } from './making.js';
import { payloadOf, verdictOf } from './payload.js';
import type { TaskList } from './task-list.js';

function secondsOf({ hints }: CatalogueEntry, parameters: JsonObject): number | null {
  const seconds = hints.secondsIn === undefined ? undefined : parameters[hints.secondsIn];
  return typeof seconds === 'number' ? seconds : null;
}

function chosen({ clause, candidates, isInserted }: SketchStep, taskType: string): PlanDiagnostic {
  const because = candidates.find((each) => each.taskType === taskType)?.because ?? [];
  const words = because.length > 0 ? ` for ${because.slice(0, 4).join(', ')}` : '';
  const next = candidates.find((each) => each.taskType !== taskType);
  const other = next === undefined ? '' : `; next best ${next.taskType}`;
  const message = `${JSON.stringify(clause.slice(0, 200))}: ${taskType} ${isInserted ? 'added' : 'chosen'}${words}${other}.`;
  return note('task_type_chosen', '/taskType', message);
}

/** The task that was made, with what it hands on: its result, or what went in where it has none of its own. */
export function finishTask(
  making: Making,
  entry: CatalogueEntry,
  list: TaskList,
  linker: Linker,
): DraftedTask {
  const { step, gate, slots, dependencies, defaults, notes } = making;
  const parameters = Object.fromEntries(making.parameters);
  const payload = payloadOf(entry, parameters);
  const taskId = list.nextId(step.clause);
  const passedOn = () =>
    (linker.workedOn(slots, parameters) ?? list.nearestSupply(dependencies))?.handed ?? null;
  return {
    ...{ taskId, taskType: entry.name, clause: step.clause, parameters, dependencies, defaults },
    when: gate?.when ?? null,
    handed:
      payload === null
        ? passedOn()
        : { reference: resultReference(taskId, payload.field), types: payload.types },
    seconds: secondsOf(entry, parameters),
    verdict: verdictOf(entry),
    notes: [chosen(step, entry.name), ...notes],
  };
}
