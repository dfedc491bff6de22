import { z } from 'zod';

/** What docs/configuration.md says of a variable besides its description. */
export interface VariableDocumentation {
  readonly description: string;
  /** What the process does when the variable is not set. */
  readonly default: string;
  readonly unit?: string;
}

export const documented = <T extends z.ZodType>(schema: T, documentation: VariableDocumentation): T =>
  schema.meta({ ...documentation });

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
