import { Injectable } from '@nestjs/common';
import {
  AgentChangesService,
  AgentsService,
  RunStarts,
  SAMPLE_AGENT_ID,
  UnitOfWork,
  WorkflowChangesService,
} from '../../index.js';
import { lockSampleStatement } from './lock-sample.sql.js';
import { readSampleWorkflow, SAMPLE_AGENT, SAMPLE_INPUT, SAMPLE_WORKFLOW_ID } from './sample-content.js';

/** Creates the sample's agent, workflow and run in one transaction: all of it is there, or nothing. */
@Injectable()
export class SampleCreation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly agents: AgentsService,
    private readonly agentChanges: AgentChangesService,
    private readonly workflowChanges: WorkflowChangesService,
    private readonly starts: RunStarts,
  ) {}

  /** Answers the id of the run; null when there are agents already, because another process was faster. */
  async create(): Promise<string | null> {
    const workflow = await readSampleWorkflow();
    return this.work.transactional(async () => {
      await this.work.query(lockSampleStatement());
      if ((await this.agents.list({ limit: 1 })).items.length > 0) return null;
      await this.agentChanges.create(SAMPLE_AGENT, SAMPLE_AGENT_ID);
      await this.workflowChanges.create(workflow, SAMPLE_WORKFLOW_ID);
      return this.starts.startWorkflow(SAMPLE_WORKFLOW_ID, SAMPLE_INPUT);
    });
  }
}
