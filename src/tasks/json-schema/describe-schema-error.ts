import type { ErrorObject } from 'ajv/dist/2020.js';
import { sentence, shown } from '../../common/wording.js';

/** What a meta-schema says of a schema. */
export function describeSchemaError({ message, keyword, params, data }: ErrorObject): string {
  const { allowedValues } = params as { allowedValues?: readonly unknown[] };
  const rule =
    allowedValues === undefined
      ? (message ?? `breaks ${keyword}`)
      : `must be one of ${allowedValues.join(', ')}`;
  return sentence(`${rule}; got ${shown(data)}`);
}
