import { applyDecorators, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { TaskTypeOptions } from './domain/task-type.js';

/** Where the registry finds what `@TaskType` declared. */
export const TaskTypeMetadata = DiscoveryService.createDecorator<TaskTypeOptions>();

/** Makes a class a task type: list it among a module's providers and the registry finds it at boot. */
export function TaskType<P, R>(options: TaskTypeOptions<P, R>): ClassDecorator {
  // The registry parses parameters with the type's own schema before it calls effects() or execute().
  return applyDecorators(
    Injectable(),
    TaskTypeMetadata(options as unknown as TaskTypeOptions),
  ) as ClassDecorator;
}
