import { sep } from 'node:path';
import { default as TestRunner } from 'jest-runner';

/** They start processes of their own and measure how soon those do something: nothing else may run beside them. */
const isAlone = ({ path }) => path.includes(`${sep}reliability${sep}`) && path.endsWith('.e2e-spec.ts');

/** Test files side by side, one for each core; then those that need the machine for themselves, one by one. */
export default class extends TestRunner {
  async runTests(tests, watcher, options) {
    const [alone, together] = [tests.filter(isAlone), tests.filter((test) => !isAlone(test))];
    if (together.length > 0) await super.runTests(together, watcher, options);
    if (alone.length > 0) await super.runTests(alone, watcher, { ...options, serial: true });
  }
}
