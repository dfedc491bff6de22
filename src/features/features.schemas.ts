import { z } from 'zod';
import { FEATURE_REASONS, FEATURES } from '../config/describe-features.js';

export const featureSchema = z
  .object({
    feature: z.enum(FEATURES),
    enabled: z.boolean(),
    reason: z.enum(FEATURE_REASONS).meta({ description: 'Why it is on or off, for programs.' }),
    detail: z.string().meta({ description: 'The reason for people, with what would change it.' }),
  })
  .meta({
    id: 'Feature',
    description: 'A switch as it stands. When it is off, rules and routes stay; only models are not asked.',
    example: {
      feature: 'llm_planning',
      enabled: false,
      reason: 'not_in_this_build',
      detail: 'This build contains no function of this feature that asks a model.',
    },
  });

export const featureListSchema = z
  .object({ items: z.array(featureSchema), nextCursor: z.null() })
  .meta({ id: 'FeatureList', description: 'All features; there is one page.' });
export type FeatureList = z.infer<typeof featureListSchema>;
