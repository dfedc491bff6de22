import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definition } from '../../src/workflows/domain/definition.js';

/** A real execution with measured run times, and what is known of its graph. */
export interface Trace {
  readonly name: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly runtimeSeconds: number;
    readonly parents: readonly string[];
  }[];
  readonly expected: {
    readonly tasks: number;
    readonly edges: number;
    readonly depth: number;
    readonly width: number;
    readonly criticalPathSeconds: number;
    readonly serialSeconds: number;
  };
}

/** An everyday plan; durations are `[lower, upper]`, START and END are no steps. */
export interface TimedPlan {
  readonly id: string;
  readonly durationsSeconds: Readonly<Record<string, readonly [number, number]>>;
  readonly successors: Readonly<Record<string, readonly string[]>>;
  readonly minimumTimeSeconds: readonly [number, number];
}

export function readTraces(folder: string): Trace[] {
  const path = join(folder, 'workflow-traces');
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')) as Trace);
}

export function readTimedPlans(folder: string): TimedPlan[] {
  return readFileSync(join(folder, 'timed-plans', 'asynchow.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TimedPlan);
}

/** A trace as a definition; ids become t0, t1, … because theirs are no task ids. */
export function definitionOfTrace(trace: Trace): Definition {
  const taskIds = new Map(trace.tasks.map((task, index) => [task.id, `t${index}`]));
  return {
    tasks: trace.tasks.map((task) => ({
      taskId: taskIds.get(task.id) as string,
      taskType: 'timer.wait',
      parameters: { seconds: task.runtimeSeconds },
      dependencies: task.parents.map((parent) => taskIds.get(parent) ?? parent),
      estimatedDurationSeconds: task.runtimeSeconds,
    })),
  };
}
