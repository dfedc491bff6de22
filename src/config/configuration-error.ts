import type { ConfigurationIssue } from './parse-config.js';

/** The environment cannot be used; the message lists everything that is wrong and how to put it right. */
export class ConfigurationError extends Error {
  constructor(readonly issues: readonly ConfigurationIssue[]) {
    const lines = issues.map(({ variable, message }) => `  ${variable} ${message}.`);
    super(
      [
        `The configuration has ${issues.length} ${issues.length === 1 ? 'error' : 'errors'}:`,
        ...lines,
        'docs/configuration.md explains every variable.',
      ].join('\n'),
    );
    this.name = 'ConfigurationError';
  }
}
