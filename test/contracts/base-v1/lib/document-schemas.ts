import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isJsonObject, jsonPointer, type JsonObject } from '../../../../src/common/json.js';
import type { Operation } from './operations.js';
import { valueAt } from './pointers.js';
import type { Answer } from './step.js';

const NAME = 'openapi.json';

/** Checks answers against the schemas that an OpenAPI document gives for them. */
export class DocumentSchemas {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });

  constructor(private readonly document: JsonObject) {
    formats.default(this.ajv);
    this.ajv.addSchema(document, NAME);
  }

  /** What does not fit, one line each; empty for a status or type without schema. */
  issues({ method, path }: Operation, { status, headers, body }: Answer): readonly string[] {
    const place = this.place(['paths', path, method.toLowerCase(), 'responses', String(status)]);
    const type = headers['content-type']?.replace(/;.*/, '') ?? '';
    const schema = [...place, 'content', type, 'schema'];
    if (valueAt(this.document, jsonPointer(schema)) === undefined || !type.endsWith('json')) return [];
    const pointer = jsonPointer(schema).split('/').map(encodeURIComponent).join('/');
    const validate = this.ajv.compile({ $ref: `${NAME}#${pointer}` });
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  /** Where a response stands once its reference is followed. */
  private place(path: readonly string[]): readonly string[] {
    const found = valueAt(this.document, jsonPointer(path));
    if (!isJsonObject(found) || typeof found.$ref !== 'string') return path;
    return found.$ref.split('/').slice(1);
  }
}
