import { describeTaskType } from '../../src/tasks/domain/describe-task-type.js';
import type { RegisteredTaskType } from '../../src/tasks/domain/registered-task-type.js';
import type { TaskHandler, TaskTypeOptions } from '../../src/tasks/domain/task-type.js';
import { DataAggregateTask } from '../../src/tasks/handlers/data-aggregate/data-aggregate.task.js';
import { DataTransformTask } from '../../src/tasks/handlers/data-transform/data-transform.task.js';
import { DataValidateTask } from '../../src/tasks/handlers/data-validate/data-validate.task.js';
import { FileReadTask } from '../../src/tasks/handlers/file-read/file-read.task.js';
import { FileWriteTask } from '../../src/tasks/handlers/file-write/file-write.task.js';
import { HttpRequestTask } from '../../src/tasks/handlers/http-request/http-request.task.js';
import { HumanApprovalTask } from '../../src/tasks/handlers/human-approval/human-approval.task.js';
import { HumanTask } from '../../src/tasks/handlers/human-task/human-task.task.js';
import { TextRenderTask } from '../../src/tasks/handlers/text-render/text-render.task.js';
import { TimerWaitTask } from '../../src/tasks/handlers/timer-wait/timer-wait.task.js';
import { TaskTypeMetadata } from '../../src/tasks/task-type.decorator.js';

const CLASSES = [
  DataAggregateTask,
  DataTransformTask,
  DataValidateTask,
  FileReadTask,
  FileWriteTask,
  HttpRequestTask,
  HumanApprovalTask,
  HumanTask,
  TextRenderTask,
  TimerWaitTask,
];
/** For what is asked of a type, not of its handler. */
const handler: TaskHandler = { execute: () => Promise.reject(new Error('not executed here')) };

/** The built-in task types as they are registered, but for their handlers. */
export const BUILT_IN_TYPES: readonly RegisteredTaskType[] = CLASSES.map((each) => {
  const options = Reflect.getMetadata(TaskTypeMetadata.KEY, each) as TaskTypeOptions;
  const described = describeTaskType(options, handler);
  if ('problems' in described) throw new Error(described.problems.join('\n'));
  return described.type;
});
