import { readFile } from 'node:fs/promises';
import { SAMPLE_AGENT_ID } from '../../index.js';

export { SAMPLE_WORKFLOW_ID } from '../../index.js';

/** The sample approves its own run only, never one that somebody starts of the same workflow later. */
export const SAMPLE_INPUT = { startedBy: 'sample' } as const;

export const SAMPLE_AGENT = {
  name: 'sample-owner',
  description: 'Owns the sample workflow; may execute every task type.',
  capabilities: ['*'],
  parentAgentId: null,
  status: 'active' as const,
  maxConcurrentTasks: null,
  llmConfig: null,
};

const DEFINITION = new URL('../../../examples/licence-audit/workflow.json', import.meta.url);

/** The workflow of examples/licence-audit, as it is created at the first start. */
export async function readSampleWorkflow() {
  return {
    name: 'licence-audit',
    description: 'Counts and judges the licences of all packages in package-lock.json and writes a report.',
    ownerAgentId: SAMPLE_AGENT_ID,
    definition: JSON.parse(await readFile(DEFINITION, 'utf8')) as unknown,
    settings: {},
  };
}
