/** The codes of docs/errors.md for the keywords of JSON Schema; every other keyword is `invalid_value`. */
const CODES: Readonly<Record<string, string>> = {
  type: 'invalid_type',
  required: 'required',
  dependentRequired: 'required',
  additionalProperties: 'unknown_field',
  unevaluatedProperties: 'unknown_field',
  format: 'invalid_format',
  pattern: 'invalid_format',
  minimum: 'too_small',
  exclusiveMinimum: 'too_small',
  minLength: 'too_small',
  minItems: 'too_small',
  minProperties: 'too_small',
  maximum: 'too_big',
  exclusiveMaximum: 'too_big',
  maxLength: 'too_big',
  maxItems: 'too_big',
  maxProperties: 'too_big',
  multipleOf: 'not_multiple_of',
};

/** The code of an issue that a keyword of a JSON Schema found. */
export const issueCodeOf = (keyword: string): string =>
  Object.hasOwn(CODES, keyword) ? (CODES[keyword] as string) : 'invalid_value';
