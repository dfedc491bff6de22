import type { Statement } from '../../database/unit-of-work.js';
import type { LlmConfig } from '../domain/agent.js';

export interface LlmConfigRow {
  readonly id: string;
  readonly llm_config: LlmConfig;
}

/** By primary key. */
export const llmConfigsStatement = (ids: readonly string[]): Statement => ({
  text: `select id, llm_config from agents where id = any($1::uuid[]) and llm_config is not null`,
  values: [ids],
});
