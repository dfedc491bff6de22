import { Module } from '@nestjs/common';
import { AgentsModule, ExecutionModule, WorkflowsModule } from '../../index.js';
import { LicenceClassifyTask } from './licence-classify.task.js';
import { SampleCreation } from './sample-creation.service.js';
import { SampleLoader } from './sample-loader.service.js';

/** A module as another team writes it: it imports `src/index.ts` and nothing else of Tandem. */
@Module({
  imports: [AgentsModule, WorkflowsModule, ExecutionModule],
  providers: [LicenceClassifyTask, SampleCreation, SampleLoader],
  exports: [SampleLoader],
})
export class SampleModule {}
