import type { Step } from '../lib/step.js';

/** Which features are on belongs to a deployment, not to the contract. */
export const features: readonly Step[] = [
  {
    name: 'the features are listed with the reason why they are on or off',
    request: 'GET /api/v1/features',
    open: { '/body/items': 'feature' },
    varies: { '/body/items/*/enabled': 'boolean', '/body/items/*/reason': 'text' },
  },
];
