import type { Issue } from '../common/issue.js';
import { Port } from '../common/ports.js';
import type { LlmConfig } from './domain/agent.js';

/** Says whether the models an agent wants exist. */
export interface ModelCatalogue {
  /** Pointers into the settings; a provider that is off for want of a key is no issue. */
  check(config: LlmConfig): readonly Issue[];
}

/** Contributed by `llm`; without it nobody is asked, and any settings will do. */
export const MODEL_CATALOGUE = new Port<ModelCatalogue>('MODEL_CATALOGUE', { check: () => [] });
