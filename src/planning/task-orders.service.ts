import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { Ports } from '../common/ports.js';
import { type FunctionAnswer, LlmService } from '../llm/llm.service.js';
import { TASK_HISTORY } from '../tasks/task-history.port.js';
import { TaskTypeRegistry } from '../tasks/task-type.registry.js';
import type { Definition, TaskDefinition } from '../workflows/domain/definition.js';
import { estimatedDurations } from '../workflows/domain/durations.js';
import { optimiseOrder, type Optimised, orderOnlyDependencies } from '../workflows/domain/optimise-order.js';
import { invalidDefinition } from '../workflows/workflows.errors.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import { toCatalogueEntry } from './domain/to-catalogue-entry.js';
import { OptimizeTaskOrder } from './functions/optimize-task-order/optimize-task-order.function.js';
import type { OrderAnswer } from './functions/optimize-task-order/task-order.schemas.js';
import type { OptimizeOrder } from './planning.schemas.js';
import { payloadOf } from './rules/domain/fill/payload.js';

/** A better order, and who said which dependencies are not real. */
export interface OptimisedOrder {
  readonly optimised: Optimised;
  readonly answer: FunctionAnswer<OrderAnswer>;
}

/** Who works on what, and on how much at a time. */
interface Workers {
  readonly executors: readonly (string | null)[];
  readonly limits: ReadonlyMap<string, number>;
}

/** Stands for everybody where one limit holds for all. */
const EVERYBODY = '*';

/** What a task may be told apart by. */
@Injectable()
export class OrderFacts {
  constructor(
    private readonly agents: AgentsService,
    private readonly types: TaskTypeRegistry,
    private readonly ports: Ports,
  ) {}

  async durations({ tasks }: Definition): Promise<Float64Array> {
    const names = [...new Set(tasks.map(({ taskType }) => taskType))];
    return estimatedDurations(tasks, await this.ports.get(TASK_HISTORY).summarise(names));
  }

  /** A limit for all, else those of the agents that would execute the tasks. */
  async workers({ tasks }: Definition, { ownerAgentId, concurrency }: OptimizeOrder): Promise<Workers> {
    if (concurrency !== undefined)
      return { executors: tasks.map(() => EVERYBODY), limits: new Map([[EVERYBODY, concurrency]]) };
    if (ownerAgentId === undefined) return { executors: tasks.map(() => null), limits: new Map() };
    const demands = new Map(tasks.map(({ taskType }) => [taskType, [taskType]]));
    const routes = await this.agents.route(ownerAgentId, demands);
    const subtree = await this.agents.subtree(ownerAgentId);
    const limited = subtree.flatMap(({ id, maxConcurrentTasks: most }) =>
      most === null ? [] : [[id, most] as const],
    );
    const executors = tasks.map(({ agentId, taskType }) => agentId ?? routes.get(taskType) ?? null);
    return { executors, limits: new Map(limited) };
  }

  findTaskType = (name: string) => this.types.find(name);

  /** What hands nothing on is waited for its own sake: an approval, a check, a timer, something written. */
  isGate = ({ taskType, parameters }: TaskDefinition): boolean => {
    const type = this.types.find(taskType);
    return type === undefined || payloadOf(toCatalogueEntry(type), parameters) === null;
  };
}

/** Finds a better order for tasks: what is implied goes, what is not real goes where that is safe, the longest way first. */
@Injectable()
export class TaskOrders {
  constructor(
    private readonly workflows: WorkflowsService,
    private readonly facts: OrderFacts,
    private readonly llm: LlmService,
    private readonly fn: OptimizeTaskOrder,
  ) {}

  /** Stores nothing. Fails as `invalid_definition`, `unknown_agent`. */
  async optimise(order: OptimizeOrder): Promise<OptimisedOrder> {
    const { ownerAgentId } = order;
    const { definition, issues } = await this.workflows.validate(order.definition, ownerAgentId);
    if (definition === null) throw invalidDefinition(issues, '/definition');
    const { findTaskType, isGate } = this.facts;
    const durationUs = await this.facts.durations(definition);
    const workers = await this.facts.workers(definition, order);
    const data = orderOnlyDependencies(definition, findTaskType);
    const tasks = definition.tasks.map(({ taskId, taskType, description = '', dependencies }) => {
      const orderOnly = data.get(taskId) ?? [];
      const carrying = dependencies.filter((dependency) => !orderOnly.includes(dependency));
      return { taskId, taskType, description, orderOnly: [...orderOnly], data: carrying };
    });
    const answer = await this.llm.call(this.fn, { tasks }, { agentId: ownerAgentId ?? null });
    const { unnecessary } = answer.value;
    const optimised = optimiseOrder({
      ...{ definition, durationUs, ...workers, unnecessary, findTaskType, isGate },
    });
    return { optimised, answer };
  }
}
