import type { Issue } from '../common/issue.js';
import { InvalidInputError } from '../common/tandem-error.js';

export const invalidRange = (issue: Issue): InvalidInputError =>
  new InvalidInputError('invalid_range', 'This range cannot be reported: see errors.', [issue]);

export const tooManyGroups = (most: number): InvalidInputError =>
  new InvalidInputError(
    'too_many_groups',
    `There are more than ${most} groups. Ask for a shorter range, or group by less.`,
    [{ code: 'too_many_groups', pointer: '/groupBy', message: `Makes more than ${most} groups.` }],
  );
