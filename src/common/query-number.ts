import { z } from 'zod';

/** A number in a query; `coerce` alone takes no text at all for 0. */
export const queryNumber = <T extends z.ZodType>(schema: (number: z.ZodCoercedNumber) => T) =>
  z.preprocess((given) => (given === '' ? Number.NaN : given), schema(z.coerce.number()));
