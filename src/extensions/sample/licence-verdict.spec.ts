import { describe, expect, it } from '@jest/globals';
import { flagReason } from './licence-verdict.js';

const copyleft = ['GPL-*', 'LGPL-*', 'AGPL-*'];

describe('verdict on a licence expression', () => {
  it.each<[string, string | null]>([
    ['MIT', null],
    ['GPL-3.0-only', 'GPL-3.0-only is copyleft (GPL-*)'],
    ['gpl-2.0', 'gpl-2.0 is copyleft (GPL-*)'],
    ['MIT OR GPL-2.0', null],
    ['(GPL-2.0 OR AGPL-3.0)', 'GPL-2.0 is copyleft (GPL-*); AGPL-3.0 is copyleft (AGPL-*)'],
    ['MIT AND GPL-2.0', 'GPL-2.0 is copyleft (GPL-*)'],
    ['GPL-2.0 OR MIT AND ISC', null],
    ['(GPL-2.0 OR MIT) AND LGPL-3.0', 'LGPL-3.0 is copyleft (LGPL-*)'],
    ['MIT or GPL-2.0', null],
    ['MIT OR', '"MIT OR" is no SPDX expression'],
    ['(MIT', '"(MIT" is no SPDX expression'],
    ['MIT ISC', '"MIT ISC" is no SPDX expression'],
    ['', '"" is no SPDX expression'],
  ])('%j: %s', (expression, reason) => {
    expect(flagReason(expression, { copyleft })).toBe(reason);
  });

  it('flags what is not among the allowed licences', () => {
    const policy = { copyleft, allowed: ['MIT', 'BSD-*-Clause'] };
    expect(flagReason('BSD-3-Clause', policy)).toBeNull();
    expect(flagReason('ISC', policy)).toBe('ISC is not among the allowed licences');
  });

  it('lets an exactly allowed licence with an exception pass a copyleft pattern', () => {
    const policy = { copyleft, allowed: ['MIT', 'GPL-2.0-only WITH Classpath-exception-2.0'] };
    expect(flagReason('GPL-2.0-only WITH Classpath-exception-2.0', policy)).toBeNull();
    expect(flagReason('GPL-2.0-only', policy)).toBe('GPL-2.0-only is copyleft (GPL-*)');
  });

  it('judges a pattern of many stars at once', () => {
    const pattern = `${'a*'.repeat(40)}b`;
    expect(flagReason('a'.repeat(500), { copyleft: [pattern] })).toBeNull();
  });

  it('calls an endless expression malformed', () => {
    expect(flagReason('('.repeat(100_000), { copyleft })).toContain('is no SPDX expression');
  });
});
