import { describe, expect, it } from '@jest/globals';
import { fileError } from './file-errors.js';

describe('errors of the file system', () => {
  it.each([
    ['ENOSPC', 'disk_full'],
    ['EACCES', 'access_denied'],
    ['EROFS', 'read_only'],
  ])('turns %s into a failure of class resource', (code, expected) => {
    const error = fileError(Object.assign(new Error(code), { code }), 'write', 'a.txt');
    expect(error).toMatchObject({ failure: { code: expected, class: 'resource', effect: 'none' } });
  });

  it('leaves errors it does not know as they are', () => {
    const error = new Error('other');
    expect(fileError(error, 'read', 'a.txt')).toBe(error);
  });
});
