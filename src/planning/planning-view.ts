import { formatUsd } from '../common/money.js';
import type { FunctionAnswer } from '../llm/llm.service.js';
import type { Decomposition } from './functions/decompose-task/decomposition.schemas.js';
import type { DecompositionView, OptimizedOrderView } from './planning.schemas.js';
import type { OptimisedOrder } from './task-orders.service.js';

const provenanceOf = ({ source, reason, detail, costNanoUsd }: FunctionAnswer<unknown>) => ({
  ...{ source, reason, detail, costUsd: formatUsd(costNanoUsd) },
});

export function toDecompositionView(
  answer: FunctionAnswer<Decomposition>,
  spawned: ReadonlyMap<string, string> = new Map(),
): DecompositionView {
  const { isAtomic, reason: explanation, subTasks } = answer.value;
  return {
    ...{ isAtomic, explanation },
    subTasks: subTasks.map((part) => ({ ...part, dependencies: [...part.dependencies] })),
    spawned: Object.fromEntries(spawned),
    ...provenanceOf(answer),
  };
}

export function toOrderView({ optimised, answer }: OptimisedOrder): OptimizedOrderView {
  const { definition, makespanBefore, makespanAfter, removed, kept, priorities } = optimised;
  return {
    definition: definition as unknown as OptimizedOrderView['definition'],
    ...{ makespanBeforeSeconds: makespanBefore, makespanAfterSeconds: makespanAfter },
    ...{ removed: [...removed], kept: [...kept], priorities: [...priorities] },
    ...provenanceOf(answer),
  };
}
