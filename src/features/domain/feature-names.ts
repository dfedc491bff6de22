import { FEATURES, type FeatureName as RootName } from '../../config/domain/features.js';

/** What is part of a feature of the environment, and switched by itself: each function that asks models, and more. */
export const PARTS = {
  'generate-workflow-plan': { partOf: 'llm_planning', description: 'Models plan from a sentence.' },
  'decompose-task': { partOf: 'llm_planning', description: 'Models split tasks.' },
  'optimize-task-order': { partOf: 'llm_planning', description: 'Models find orders that are not needed.' },
  'get-recovery-strategy': { partOf: 'dynamic_inference', description: 'Models recover from failures.' },
  'make-decision': { partOf: 'dynamic_inference', description: 'Models choose among options.' },
  'adapt-workflow': { partOf: 'dynamic_inference', description: 'Models change the rest of a run.' },
  'summarise-run': { partOf: 'dynamic_inference', description: 'Models summarise runs.' },
  adaptation: {
    partOf: 'dynamic_inference',
    description: 'Runs of autonomous agents are changed without anybody approving it.',
  },
} as const satisfies Record<string, { readonly partOf: RootName; readonly description: string }>;

export const FEATURE_NAMES = [...FEATURES, ...(Object.keys(PARTS) as (keyof typeof PARTS)[])] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];

export const isFeature = (name: string): name is FeatureName =>
  (FEATURE_NAMES as readonly string[]).includes(name);

/** The feature of the environment it is part of; null: it is one. */
export const parentOf = (feature: FeatureName): RootName | null =>
  feature in PARTS ? PARTS[feature as keyof typeof PARTS].partOf : null;
