import { covers } from '../../../tasks/domain/capability.js';
import type { TaskDefinition } from '../../../workflows/domain/definition.js';
import { typesOf } from '../../../workflows/domain/works.js';
import type { AdaptationAgent } from './adaptation.js';

type Work = Pick<TaskDefinition, 'taskType' | 'alternatives' | 'compensation'>;

/** Whether an agent may execute a task, its alternatives and its compensation now. */
export const isFit = ({ isActive, capabilities }: AdaptationAgent, task: Work): boolean =>
  isActive &&
  typesOf(task as TaskDefinition).every((type) =>
    capabilities.some((capability) => covers(capability, type)),
  );
