/** The extension surface: all that a module of another team may import. See docs/extending.md. */
export type { JsonObject, JsonValue } from './common/json.js';
export type { Effect } from './tasks/domain/effect.js';
export { TaskError, type ErrorClass, type TaskErrorOptions } from './tasks/domain/task-error.js';
export {
  done,
  type Done,
  type TaskOutcome,
  type WaitForPerson,
  type WaitUntil,
} from './tasks/domain/task-outcome.js';
export type {
  Availability,
  TaskContext,
  TaskExample,
  TaskHandler,
  TaskTypeOptions,
} from './tasks/domain/task-type.js';
export { TaskType } from './tasks/task-type.decorator.js';
