import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { covers } from '../../tasks/domain/capability.js';
import { coveringCapabilities } from './covering-capabilities.js';

describe('coveringCapabilities', () => {
  it.each([
    ['*', ['*']],
    ['http', ['*', 'http']],
    ['http.request', ['*', 'http.*', 'http.request']],
    ['http.*', ['*', 'http.*']],
    ['a.b.c', ['*', 'a.*', 'a.b.*', 'a.b.c']],
    ['a.b.*', ['*', 'a.*', 'a.b.*']],
  ])('%s is covered by %j', (capability, expected) => {
    expect(coveringCapabilities(capability)).toEqual(expected);
  });

  it('lists exactly the capabilities that cover a task type', () => {
    const segment = fc.constantFrom('a', 'b', 'ab');
    const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('.'));
    const pattern = fc.oneof(
      name,
      name.map((text) => `${text}.*`),
      fc.constant('*'),
    );
    fc.assert(
      fc.property(pattern, name, (capability, taskType) => {
        expect(coveringCapabilities(taskType).includes(capability)).toBe(covers(capability, taskType));
      }),
      { numRuns: 500 },
    );
  });
});
