import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import { EngineStore } from '../engine-store.port.js';
import { RunTraces } from '../traces/run-traces.js';
import { AttemptServices } from './attempt-services.js';
import { Checkpointer } from './checkpointer.js';
import { Slots } from './slots.js';

/** What all runs of a process share. */
@Injectable()
export class EngineResources {
  readonly slots: Slots;

  constructor(
    readonly store: EngineStore,
    readonly checkpointer: Checkpointer,
    readonly services: AttemptServices,
    readonly traces: RunTraces,
    config: AppConfig,
  ) {
    this.slots = new Slots(config.engine.taskSlots);
  }
}
