import { describe, expect, it } from '@jest/globals';
import { fitCode, inSpan } from './in-span.js';

describe('the code of an error', () => {
  it.each(['handler_error', 'task_failed', 'ECONNREFUSED', 'my.type:v1-x'])('%s is shown', (code) => {
    expect(fitCode(code)).toBe(code);
  });

  it.each([undefined, null, 42, '', 'could not log in as ada', 'a\u0000', 'x'.repeat(65)])(
    '%j is not',
    (code) => {
      expect(fitCode(code)).toBe('_OTHER');
    },
  );
});

describe('work within a span', () => {
  it('is just done where nothing is traced', async () => {
    await expect(inSpan('a', {}, (span) => Promise.resolve(span.isRecording()))).resolves.toBe(false);
    await expect(inSpan('a', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
