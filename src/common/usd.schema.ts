import { z } from 'zod';
import { formatUsd, parseUsd } from './money.js';

/** An amount as a client writes it, read as it is shown: nine decimals. */
export const usdInputSchema = z
  .string()
  .regex(
    /^\d{1,9}(\.\d{1,9})?$/,
    'must be an amount in USD from "0" to "999999999" with at most nine decimals, like "25.00"',
  )
  .transform((usd) => formatUsd(parseUsd(usd)))
  .meta({ description: 'USD, at most nine decimals.', example: '25.00' });

/** An amount as it is shown. */
export const usdSchema = z.string().meta({ description: 'USD, nine decimals.', example: '25.000000000' });
