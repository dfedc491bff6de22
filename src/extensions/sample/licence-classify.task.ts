import { z } from 'zod';
import { done, TaskType, type Done, type TaskHandler } from '../../index.js';
import { classifyLicences } from './classify-licences.js';

const patterns = z.array(z.string().min(1));

const parameters = z.strictObject({
  packages: z
    .record(
      z.string(),
      z.object({
        version: z.string().optional(),
        license: z.unknown().optional(),
        link: z.boolean().optional(),
      }),
    )
    .meta({ description: 'The `packages` member of a package-lock.json.' }),
  policy: z
    .object({
      copyleft: patterns.meta({ description: 'Patterns of licences to flag, such as "GPL-*".' }),
      allowed: patterns
        .optional()
        .meta({ description: 'When given, licences that match none of these are flagged too.' }),
    })
    .meta({
      description: 'What to flag. Of "A OR B" one fine licence is enough, of "A AND B" both must be.',
    }),
});

const packageName = { name: z.string(), version: z.string().nullable() };
const result = z.strictObject({
  packages: z.int().meta({ description: 'Dependencies, each name and version once.' }),
  byLicence: z
    .array(z.strictObject({ licence: z.string(), packages: z.int() }))
    .meta({ description: 'Most frequent first.' }),
  flagged: z.array(z.strictObject({ ...packageName, licence: z.string(), why: z.string() })).meta({
    description: 'Dependencies that the policy does not allow, and why.',
  }),
  missing: z.array(z.strictObject(packageName)).meta({ description: 'Dependencies that name no licence.' }),
  findings: z.int().meta({
    description: 'How many are flagged or name no licence; 0: nothing for a person to look at.',
  }),
});

@TaskType({
  name: 'licence.classify',
  description:
    'Judges the licences of all dependencies in a package-lock.json by a policy (SPDX expressions).',
  parameters,
  result,
  effects: () => 'none',
  examples: [
    {
      title: 'Three packages, one of them copyleft',
      parameters: {
        packages: {
          'node_modules/left': { version: '1.0.0', license: 'MIT' },
          'node_modules/right': { version: '2.1.0', license: 'MIT OR GPL-2.0' },
          'node_modules/up': { version: '0.3.0', license: 'GPL-3.0-only' },
        },
        policy: { copyleft: ['GPL-*', 'AGPL-*', 'LGPL-*'] },
      },
    },
  ],
})
export class LicenceClassifyTask implements TaskHandler<
  z.output<typeof parameters>,
  z.output<typeof result>
> {
  async execute({ packages, policy }: z.output<typeof parameters>): Promise<Done<z.output<typeof result>>> {
    const report = classifyLicences(packages, policy);
    return done({
      ...report,
      byLicence: [...report.byLicence],
      flagged: [...report.flagged],
      missing: [...report.missing],
    });
  }
}
