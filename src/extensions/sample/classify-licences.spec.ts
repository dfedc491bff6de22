import { describe, expect, it } from '@jest/globals';
import { classifyLicences } from './classify-licences.js';

describe('licence.classify', () => {
  it('counts, flags and lists what has no licence', () => {
    const packages = {
      '': { version: '1.0.0', license: 'GPL-3.0' },
      'packages/own': { version: '1.0.0', license: 'GPL-3.0' },
      'node_modules/own': { link: true },
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/a/node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/a': { version: '1.0.0', license: 'GPL-2.0 OR LGPL-3.0' },
      'node_modules/@scope/c': { version: '3.0.0', license: { type: 'ISC' } },
      'node_modules/d': { version: '4.0.0' },
      'node_modules/e': { version: '5.0.0', license: [{ type: 'MIT' }, { type: 'GPL-2.0' }] },
      'node_modules/f': { version: '6.0.0', license: 'MIT' },
    };
    expect(classifyLicences(packages, { copyleft: ['*GPL-*'] })).toEqual({
      packages: 6,
      byLicence: [
        { licence: 'MIT', packages: 2 },
        { licence: 'GPL-2.0 OR LGPL-3.0', packages: 1 },
        { licence: 'ISC', packages: 1 },
        { licence: 'MIT OR GPL-2.0', packages: 1 },
      ],
      flagged: [
        {
          name: 'a',
          version: '1.0.0',
          licence: 'GPL-2.0 OR LGPL-3.0',
          why: 'GPL-2.0 is copyleft (*GPL-*); LGPL-3.0 is copyleft (*GPL-*)',
        },
      ],
      missing: [{ name: 'd', version: '4.0.0' }],
      findings: 2,
    });
  });
});
