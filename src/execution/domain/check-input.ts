import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Issue } from '../../common/issue.js';
import type { JsonObject, JsonValue } from '../../common/json.js';

/** Issues of a run's input against the definition's `inputSchema`, pointers under `/input`. */
export function checkInput(schema: JsonObject, input: JsonValue): readonly Issue[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  let validate;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    const message = `The inputSchema of the definition is no JSON Schema: ${(error as Error).message}`;
    return [{ code: 'invalid_input_schema', pointer: '/input', message }];
  }
  if (validate(input)) return [];
  return (validate.errors ?? []).slice(0, 100).map(({ instancePath, message, keyword }) => ({
    code: keyword,
    pointer: `/input${instancePath}`,
    message: message ?? 'does not fit',
  }));
}
