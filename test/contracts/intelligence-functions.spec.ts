import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FeatureName, parentOf } from '../../src/features/domain/feature-names.js';
import { promptVersionOf } from '../../src/llm/functions/intelligence-function.js';
import { FunctionRegistry } from '../../src/llm/functions/function.registry.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** A folder for each function: its contract is beside it. */
const FOLDERS = globSync('src/**/functions/*/*.function.ts').map((path) =>
  path.split('/').slice(0, -1).join('/'),
);
const nameOf = (folder: string): string => folder.split('/').at(-1) ?? '';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const registered = (name: string) => {
  const fn = test.app
    .get(FunctionRegistry)
    .list()
    .find((each) => each.name === name);
  if (fn === undefined) throw new Error(`${name} is not registered: its folder is called as it is.`);
  return fn;
};

it('every registered function has a folder', () => {
  const names = test.app
    .get(FunctionRegistry)
    .list()
    .map(({ name }) => name);
  expect(names).toEqual(FOLDERS.map(nameOf).sort());
  expect(names).toContain('summarise-run');
});

describe.each(FOLDERS)('%s', (folder) => {
  const name = nameOf(folder);

  it('has a contract test', () => {
    expect(globSync(`${folder}/*.spec.ts`)).not.toEqual([]);
  });

  it('has a switch of its own, below that of its feature', () => {
    const { feature } = registered(name);
    expect(parentOf(name as FeatureName)).toBe(feature);
  });

  it('has a prompt with a version, whose data is JSON', () => {
    const fn = registered(name);
    expect(promptVersionOf(fn)).toMatch(/^[a-z][a-z0-9-]*@[1-9]\d*$/);
    for (const example of fn.examples) {
      const { system, user } = fn.prompt.render(example);
      expect(system.length).toBeGreaterThan(20);
      expect(() => JSON.parse(user) as unknown).not.toThrow();
      expect(Buffer.byteLength(system + user)).toBeLessThan(fn.limits.maxInputBytes);
    }
  });

  it('has a twin that answers its examples with what its validator takes', async () => {
    const fn = registered(name);
    expect(fn.examples.length).toBeGreaterThan(0);
    for (const example of fn.examples) {
      const input = fn.inputSchema.parse(example);
      const answer = fn.outputSchema.parse(await fn.twin(input));
      expect(fn.validate(answer, input)).toEqual([]);
    }
  });
});
