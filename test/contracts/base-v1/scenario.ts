import type { Chapter } from './lib/step.js';
import { agentChanges } from './steps/agent-changes.js';
import { agentTasks } from './steps/agent-tasks.js';
import { agents } from './steps/agents.js';
import { approvals } from './steps/approvals.js';
import { cancelAndRetry } from './steps/cancel-and-retry.js';
import { catalogue } from './steps/catalogue.js';
import { definitions } from './steps/definitions.js';
import { events } from './steps/events.js';
import { features } from './steps/features.js';
import { idempotency } from './steps/idempotency.js';
import { monitoring } from './steps/monitoring.js';
import { queries } from './steps/queries.js';
import { removals } from './steps/removals.js';
import { runs } from './steps/runs.js';
import { tasks } from './steps/tasks.js';
import { workflowDefinitions } from './steps/workflow-definitions.js';
import { workflows } from './steps/workflows.js';

/** All of version 1, in the order in which it is played; one recording per chapter, named after its tag. */
export const SCENARIO: readonly Chapter[] = [
  { name: 'agents', steps: [...agents, ...agentChanges] },
  { name: 'task-types', steps: catalogue },
  { name: 'features', steps: features },
  { name: 'definitions', steps: definitions },
  { name: 'workflows', steps: [...workflows, ...workflowDefinitions] },
  { name: 'runs', steps: [...runs, ...events, ...cancelAndRetry, ...agentTasks] },
  { name: 'tasks', steps: [...approvals, ...tasks] },
  { name: 'idempotency', steps: idempotency },
  { name: 'removals', steps: removals },
  { name: 'monitoring', steps: monitoring },
  { name: 'queries', steps: queries },
];
