import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { describeTaskType } from './domain/describe-task-type.js';
import type { RegisteredTaskType } from './domain/registered-task-type.js';
import type { TaskHandler, TaskTypeOptions } from './domain/task-type.js';
import { TaskTypeMetadata } from './task-type.decorator.js';

/** Every task type of this deployment, found at boot; what is duplicated or unfit stops the boot with one message. */
@Injectable()
export class TaskTypeRegistry implements OnModuleInit {
  private readonly types = new Map<string, RegisteredTaskType>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const problems: string[] = [];
    for (const wrapper of this.discovery.getProviders({ metadataKey: TaskTypeMetadata.KEY })) {
      const options = this.discovery.getMetadataByDecorator(TaskTypeMetadata, wrapper);
      if (options === undefined) continue;
      problems.push(...this.register(options, wrapper.instance as TaskHandler));
    }
    if (problems.length > 0) throw new Error(`Task types cannot be registered:\n- ${problems.join('\n- ')}`);
  }

  /** Adds one type and answers what is wrong with it; nothing is added when something is. */
  register(options: TaskTypeOptions, handler: TaskHandler): string[] {
    const described = describeTaskType(options, handler);
    if ('problems' in described) return described.problems;
    const earlier = this.types.get(options.name);
    if (earlier !== undefined && earlier.handler !== handler) {
      return [
        `${options.name}: declared by both ${earlier.handler.constructor.name} and ${handler.constructor.name}`,
      ];
    }
    this.types.set(options.name, described.type);
    return [];
  }

  find(name: string): RegisteredTaskType | undefined {
    return this.types.get(name);
  }

  /** All types, by name. */
  list(): RegisteredTaskType[] {
    return [...this.types.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
