import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ApiDocument, Schema } from './api-document.js';

const NAME = 'document';

/** The document with a schema that names fields having no others, unless it says so: what is not documented is not said. */
export const closed = (document: ApiDocument): ApiDocument => closedSchemas(document) as ApiDocument;

function closedSchemas(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closedSchemas);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, closedSchemas(value)]),
  );
  const isOpen =
    members['type'] === 'object' && 'properties' in members && !('additionalProperties' in members);
  return isOpen ? { ...members, additionalProperties: false } : members;
}

/** Holds values against schemas of the document. */
export class DocumentedSchemas {
  private readonly ajv = new Ajv2020({ strict: false, validateSchema: false });
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor(document: ApiDocument) {
    formats.default(this.ajv);
    this.ajv.addSchema({ ...document, $id: NAME }, NAME);
  }

  /** What of the value does not fit; null when all does. */
  misfit(schema: Schema, value: unknown): string | null {
    const validate = this.validatorOf(schema);
    if (validate(value)) return null;
    return (validate.errors ?? [])
      .map(({ instancePath, message }) => `${instancePath} ${message}`)
      .join('; ');
  }

  private validatorOf(schema: Schema): ValidateFunction {
    const known = this.compiled.get(schema);
    if (known !== undefined) return known;
    const own = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components/', `"${NAME}#/components/`),
    ) as Schema;
    const made = this.ajv.compile(own);
    this.compiled.set(schema, made);
    return made;
  }
}
