import { AppConfig, type LlmSettings } from '../../../src/config/config.js';
import { parseConfig } from '../../../src/config/parse-config.js';

/** The configuration of an empty environment with these settings for models. */
export function llmConfig(llm: Partial<LlmSettings>): AppConfig {
  const parsed = parseConfig({}, { workingFolder: process.cwd(), isTerminal: false });
  if (parsed.config === undefined) throw new Error('An empty environment is a valid configuration.');
  return { ...parsed.config, llm: { ...parsed.config.llm, ...llm } };
}
