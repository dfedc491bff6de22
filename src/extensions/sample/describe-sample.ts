import { z } from 'zod';
import type { RunView } from '../../index.js';

/** What the sample run answers; other fields do not matter here. */
const outputSchema = z.object({
  packages: z.int(),
  byLicence: z.array(z.object({ licence: z.string(), packages: z.int() })),
  flagged: z.array(z.object({ name: z.string(), licence: z.string() })),
  missing: z.array(z.object({ name: z.string() })),
  report: z.string(),
});

const SHOWN_LICENCES = 6;
const SHOWN_NAMES = 5;

function listed(names: readonly string[], shown: number, more: (rest: number) => string): string {
  const rest = names.length - shown;
  return names.length === 0 ? 'none' : names.slice(0, shown).join(', ') + (rest > 0 ? `, ${more(rest)}` : '');
}

/** The sample's result for people: a title, then name and value in two columns. `files`: folder of written files. */
export function describeSample({ id, status, reason, output }: RunView, files: string): string {
  const parsed = outputSchema.safeParse(output);
  if (status !== 'succeeded' || !parsed.success) {
    return `The sample run ended as ${status} (${reason ?? 'no reason'}). GET /api/v1/runs/${id}/tasks says why.`;
  }
  const { packages, byLicence, flagged, missing, report } = parsed.data;
  const licences = byLicence.map(({ licence, packages: count }) => `${count} ${licence}`);
  const more = (rest: number): string => `${rest} more`;
  const rows = [
    ['Packages', `${packages}: ${listed(licences, SHOWN_LICENCES, (rest) => `${rest} more licences`)}`],
    [
      'Flagged',
      listed(
        flagged.map(({ name, licence }) => `${name} (${licence})`),
        SHOWN_NAMES,
        more,
      ),
    ],
    [
      'No licence',
      listed(
        missing.map(({ name }) => name),
        SHOWN_NAMES,
        more,
      ),
    ],
    ['Report', `${files}/${report}`],
    ['Run', id],
  ];
  return [
    'The sample workflow licence-audit succeeded.',
    ...rows.map(([name = '', value = '']) => `  ${name.padEnd(11)} ${value}`),
  ].join('\n');
}
