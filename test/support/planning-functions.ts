import { PlanMemories } from '../../src/planning/memory/plan-memories.service.js';
import { PlanningScopes } from '../../src/planning/planning-scope.service.js';
import { RulesPlanner } from '../../src/planning/planners/rules.planner.js';
import type { AgentsService } from '../../src/agents/agents.service.js';
import { TaskTypeRegistry } from '../../src/tasks/task-type.registry.js';
import { BUILT_IN_TYPES } from './built-in-types.js';

/** A registry of the built-in task types. */
export function builtInRegistry(): TaskTypeRegistry {
  const registry = new TaskTypeRegistry(undefined as never);
  for (const type of BUILT_IN_TYPES) registry.register(type, type.handler);
  return registry;
}

/** What functions of planning need, over the built-in task types and without plan memory. */
export function planningParts() {
  const types = builtInRegistry();
  const scopes = new PlanningScopes(types, undefined as unknown as AgentsService);
  const memories = { current: () => null } as unknown as PlanMemories;
  return { types, scopes, rules: new RulesPlanner(types, memories) };
}
