import { isTerminalTask } from '../../../execution/domain/status.js';
import { findCriticalPath, toMicroseconds, toSeconds } from '../../../workflows/domain/critical-path.js';
import { buildGraph } from '../../../workflows/domain/graph.js';
import { listSchedule } from '../../../workflows/domain/list-schedule.js';
import { optimiseOrder } from '../../../workflows/domain/optimise-order.js';
import type { RunToAdapt, ChangeRules } from './adaptation.js';

/** How long the rest of a run takes. */
export interface RestSchedule {
  readonly seconds: number;
  /** taskIds on the longest way to the end, ended ones too. */
  readonly critical: ReadonlySet<string>;
  /** Priorities that make it shorter; empty: there are none. */
  priorities(rules: ChangeRules): readonly { readonly taskId: string; readonly priority: number }[];
}

/** What has ended, or is left out, takes no time any more. With the limits of the agents. Pure. */
export function restSchedule(
  { definition, places, agents }: RunToAdapt,
  leftOut: ReadonlySet<string>,
): RestSchedule {
  const { tasks } = definition;
  const graph = buildGraph(tasks);
  const durationUs = Float64Array.from(tasks, ({ taskId }, index) => {
    const place = places[index];
    const isDone = place === undefined || isTerminalTask(place.status) || leftOut.has(taskId);
    return isDone ? 0 : toMicroseconds(place.seconds);
  });
  const executors = places.map(({ agentId }) => agentId);
  const limits = new Map(
    agents.flatMap(({ id, maxConcurrentTasks: most }) => (most === null ? [] : [[id, most] as const])),
  );
  const rank = tasks.map(({ priority }) => priority ?? 0);
  return {
    seconds: toSeconds(listSchedule({ graph, durationUs, rank, executors, limits }).makespanUs),
    critical: new Set(findCriticalPath(graph, durationUs).path.map((at) => graph.taskIds[at] as string)),
    priorities: ({ findTaskType, isGate }) =>
      optimiseOrder({ definition, durationUs, executors, limits, findTaskType, isGate }).priorities.map(
        ({ taskId, after }) => ({ taskId, priority: after }),
      ),
  };
}
