import { Module } from '@nestjs/common';
import { LicenceClassifyTask } from './licence-classify.task.js';

/** A module as another team writes it: it imports `src/index.ts` and nothing else of Tandem. */
@Module({ providers: [LicenceClassifyTask] })
export class SampleModule {}
