import { describe, expect, it } from '@jest/globals';
import { classifyFailure } from './classify-failure.js';
import { type TaskFailure, TaskError, toFailure } from './task-error.js';

const thrown = (message: string): TaskFailure => toFailure(new Error(message));

describe('the class of a failure nobody named one for', () => {
  it.each([
    ['read ECONNRESET', 'transient'],
    ['getaddrinfo EAI_AGAIN api.example', 'transient'],
    ['socket hang up', 'transient'],
    ['HTTP 429: Too Many Requests', 'rate_limited'],
    ['connect ETIMEDOUT 10.0.0.1:443', 'timeout'],
    ['The operation timed out.', 'timeout'],
    ['connect ECONNREFUSED 127.0.0.1:1', 'dependency'],
    ['The server answered 503', 'dependency'],
    ["ENOENT: no such file or directory, open 'x'", 'not_found'],
    ["EACCES: permission denied, open '/x'", 'unauthorized'],
    ['ENOSPC: no space left on device, write', 'resource'],
    ['deadlock detected', 'conflict'],
    ['Cannot read properties of undefined', 'unexpected'],
    ['The 5030th row is odd', 'unexpected'],
    ['', 'unexpected'],
  ])('%s: %s', (message, errorClass) => {
    expect(classifyFailure(thrown(message))).toEqual({ ...thrown(message), class: errorClass });
  });

  it('is what its handler says, whatever the message', () => {
    const failure = new TaskError({ code: 'x', class: 'permanent', message: 'ECONNRESET' }).failure;
    expect(classifyFailure(failure, [{ class: 'transient' }])).toBe(failure);
  });

  it('is first what its type says, which may also say whether it is tried again', () => {
    const rules = [
      { code: 'other', class: 'budget' },
      { message: /stock is empty/, class: 'resource', retryable: false },
      { message: /ECONNRESET/, class: 'conflict' },
    ] as const;
    expect(classifyFailure(thrown('The stock is empty'), rules)).toMatchObject({
      ...{ class: 'resource', retryable: false },
    });
    expect(classifyFailure(thrown('ECONNRESET'), rules)).toMatchObject({
      class: 'conflict',
      retryable: true,
    });
    expect(classifyFailure(thrown('socket hang up'), rules).class).toBe('transient');
  });
});
