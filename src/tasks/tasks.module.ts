import { Module, type DynamicModule } from '@nestjs/common';
import { PortsModule } from '../common/ports.js';
import { FileRoots } from './file-roots.js';
import { DataAggregateTask } from './handlers/data-aggregate/data-aggregate.task.js';
import { DataTransformTask } from './handlers/data-transform/data-transform.task.js';
import { DataValidateTask } from './handlers/data-validate/data-validate.task.js';
import { FileReadTask } from './handlers/file-read/file-read.task.js';
import { FileWriteTask } from './handlers/file-write/file-write.task.js';
import { HttpAllowedHosts } from './handlers/http-request/address-guard.js';
import { HttpClient } from './handlers/http-request/http-client.js';
import { HttpRequestTask } from './handlers/http-request/http-request.task.js';
import { HumanApprovalTask } from './handlers/human-approval/human-approval.task.js';
import { HumanTask } from './handlers/human-task/human-task.task.js';
import { TextRenderTask } from './handlers/text-render/text-render.task.js';
import { TimerWaitTask } from './handlers/timer-wait/timer-wait.task.js';
import { WorkflowRunTask } from './handlers/workflow-run/workflow-run.task.js';
import { JsonSchemaValidator } from './json-schema/json-schema-validator.js';
import { Sandbox } from './sandbox/sandbox.js';
import { TaskTypeRegistry } from './task-type.registry.js';
import { TaskTypesController } from './task-types.controller.js';

export interface TasksModuleOptions {
  readonly fileRoots: FileRoots;
  /** `host` or `host:port`: private targets that `http.request` and webhooks may reach. */
  readonly httpAllowedHosts: readonly string[];
}

const BUILT_IN_TYPES = [
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
  WorkflowRunTask,
];

/** What a task type is, which exist, and the built-in ones. */
@Module({})
export class TasksModule {
  static forRoot({ fileRoots, httpAllowedHosts }: TasksModuleOptions): DynamicModule {
    const names = new Set(httpAllowedHosts.map((name) => name.trim().toLowerCase()));
    return {
      module: TasksModule,
      global: true,
      imports: [PortsModule],
      controllers: [TaskTypesController],
      providers: [
        TaskTypeRegistry,
        Sandbox,
        JsonSchemaValidator,
        HttpClient,
        { provide: FileRoots, useValue: fileRoots },
        { provide: HttpAllowedHosts, useValue: { names } satisfies HttpAllowedHosts },
        ...BUILT_IN_TYPES,
      ],
      exports: [TaskTypeRegistry, JsonSchemaValidator, HttpClient, HttpAllowedHosts],
    };
  }
}
