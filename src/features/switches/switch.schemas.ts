import { z } from 'zod';
import { ON } from '../domain/feature-switch.js';

const MAX_SUBJECTS = 1_000;

const ids = (what: string) =>
  z
    .array(z.uuid())
    .max(MAX_SUBJECTS)
    .readonly()
    .prefault([])
    .meta({ description: `Ids of ${what}.` });

const subjectIds = (description: string) =>
  z
    .strictObject({ agentIds: ids('agents'), workflowIds: ids('workflows') })
    .prefault({})
    .meta({ description });

export const rolloutSchema = z
  .strictObject({
    percentage: z.int().min(0).max(100).prefault(100).meta({
      description:
        'Share of workflows that get the feature; of agents, where no workflow is concerned. Who is in stays in while it grows.',
    }),
    include: subjectIds('In, whatever the percentage.'),
    exclude: subjectIds('Out, whatever else is said.'),
  })
  .meta({ id: 'Rollout', description: 'For whom a feature is on; everybody, where nothing is said.' });

/** As it is stored; what is missing has its default. */
export const featureSwitchSchema = z
  .strictObject({
    enabled: z.boolean().meta({ description: 'false: off for everybody, at once, in all processes.' }),
    rollout: rolloutSchema.prefault({}),
  })
  .meta({ id: 'FeatureSwitch', description: 'The switch of a feature.', example: ON });

export const putFeatureSchema = z
  .strictObject({
    ...featureSwitchSchema.shape,
    comment: z.string().max(500).optional().meta({ description: 'Why; kept with the change.' }),
  })
  .meta({
    id: 'PutFeature',
    description: 'How a feature is switched. What is left out is set back to its default.',
    example: { enabled: true, rollout: { percentage: 10 }, comment: 'A tenth of the workflows first.' },
  });
export type PutFeature = z.output<typeof putFeatureSchema>;
