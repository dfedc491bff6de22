import { basename, sep } from 'node:path';
import { default as TestRunner } from 'jest-runner';

/** They start processes of their own and measure how soon those do something: nothing else may run beside them. */
const ALONE = new Set(
  ['chaos', 'take-over', 'llm-fallback', 'variants'].map((name) => `${name}.e2e-spec.ts`),
);
const isAlone = ({ path }) => ALONE.has(basename(path));

/** What takes long comes first, so that no core is left alone with it: whole applications, then what needs a database. */
const KINDS = ['.e2e-spec.ts', `${sep}reliability${sep}`, `${sep}integration${sep}`];
const kindOf = ({ path }) => {
  const kind = KINDS.findIndex((part) => path.includes(part));
  return kind < 0 ? KINDS.length : kind;
};

/** Test files side by side, one for each core; then those that need the machine for themselves, one by one. */
export default class extends TestRunner {
  async runTests(tests, watcher, options) {
    const alone = tests.filter(isAlone);
    const together = tests.filter((test) => !isAlone(test)).sort((a, b) => kindOf(a) - kindOf(b));
    if (together.length > 0) await super.runTests(together, watcher, options);
    if (alone.length > 0) await super.runTests(alone, watcher, { ...options, serial: true });
  }
}
