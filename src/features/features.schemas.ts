import { z } from 'zod';
import { FEATURE_NAMES } from './domain/feature-names.js';
import { FEATURE_REASONS } from '../config/domain/features.js';
import { featureSwitchSchema, rolloutSchema } from './switches/switch.schemas.js';

const FEATURE = z.enum(FEATURE_NAMES);

export const featureNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/)
  .meta({ description: 'Name of a feature, as `GET /features` lists them.', example: 'dynamic_inference' });

export const featureSchema = z
  .object({
    feature: FEATURE,
    enabled: z.boolean(),
    reason: z.enum(FEATURE_REASONS).meta({ description: 'Why it is on or off, for programs.' }),
    detail: z.string().meta({ description: 'The reason for people, with what would change it.' }),
    description: z.string().meta({ description: 'What is gone when it is off.' }),
    partOf: FEATURE.nullable().meta({ description: 'Off when that feature is.' }),
    rollout: rolloutSchema
      .nullable()
      .meta({ description: 'For whom it is on; null where the switches are kept elsewhere.' }),
    changedBy: z.string().nullable().meta({ description: 'Who switched it last; null: nobody has.' }),
    changedAt: z.iso.datetime().nullable(),
  })
  .meta({
    id: 'Feature',
    description: 'A switch as it stands. When it is off, rules and routes stay; only models are not asked.',
    example: {
      ...{ feature: 'dynamic_inference', enabled: true, reason: 'on' },
      detail: 'ENABLE_DYNAMIC_INFERENCE allows it. On for 10 % of the workflows.',
      description: 'Models recover, decide, adapt and summarise while runs go on.',
      partOf: null,
      rollout: {
        percentage: 10,
        include: { agentIds: [], workflowIds: [] },
        exclude: { agentIds: [], workflowIds: [] },
      },
      ...{ changedBy: 'anonymous', changedAt: '2026-11-24T08:00:00.000Z' },
    },
  });
export type FeatureView = z.infer<typeof featureSchema>;

export const featureListSchema = z
  .object({ items: z.array(featureSchema), nextCursor: z.null() })
  .meta({ id: 'FeatureList', description: 'All features; there is one page.' });
export type FeatureList = z.infer<typeof featureListSchema>;

export const featureChangeSchema = z
  .object({
    feature: FEATURE,
    version: z.int().min(1).meta({ description: '1 for the first change of the feature.' }),
    before: featureSwitchSchema,
    after: featureSwitchSchema,
    comment: z.string().nullable(),
    changedBy: z.string().meta({ description: 'Who called: a key, or `anonymous`.' }),
    changedAt: z.iso.datetime(),
  })
  .meta({
    id: 'FeatureChange',
    description: 'Who switched a feature, when and how. Never changed or deleted.',
  });

export const featureChangePageSchema = z
  .object({ items: z.array(featureChangeSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'FeatureChangePage', description: 'One page of changes, latest first.' });
export type FeatureChangePage = z.infer<typeof featureChangePageSchema>;
