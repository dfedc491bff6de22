import type { AppConfig } from '../config/config.js';
import { ConfigurationError } from '../config/configuration-error.js';
import { type Environment, parseConfig } from '../config/parse-config.js';

/** The configuration of this process. Fails as `ConfigurationError`, with everything that is wrong. */
export function readConfig(environment: Environment): AppConfig {
  const facts = { workingFolder: process.cwd(), isTerminal: process.stdout.isTTY === true };
  const { config, issues } = parseConfig(environment, facts);
  if (config === undefined) throw new ConfigurationError(issues);
  return config;
}
