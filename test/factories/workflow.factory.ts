import { newId } from '../../src/common/ids.js';
import type { Definition } from '../../src/workflows/domain/definition.js';
import { DEFAULT_WORKFLOW_SETTINGS, type Workflow } from '../../src/workflows/workflow.js';

/** An active workflow without a definition. */
export function aWorkflow(overrides: Partial<Workflow> & Pick<Workflow, 'ownerAgentId'>): Workflow {
  return {
    id: newId(),
    name: 'Greeting',
    description: '',
    status: 'active',
    definitionVersion: 0,
    settings: DEFAULT_WORKFLOW_SETTINGS,
    createdAt: new Date('2026-11-22T09:00:00.000Z'),
    updatedAt: new Date('2026-11-22T09:00:00.000Z'),
    ...overrides,
  };
}

/** One task that waits; valid wherever `timer.wait` exists. */
export function aDefinition(seconds = 1): Definition {
  return {
    tasks: [{ taskId: 'wait', taskType: 'timer.wait', parameters: { seconds }, dependencies: [] }],
  };
}
