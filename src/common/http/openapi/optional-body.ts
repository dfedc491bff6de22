import type { OpenAPIObject } from '@nestjs/swagger';
import type { Operation } from './complete-operation.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

interface Body {
  readonly content?: Readonly<
    Record<string, { readonly schema?: { readonly $ref?: string; readonly required?: unknown } }>
  >;
}

/** No body counts as an empty object, so a body without required fields may be left out. */
export function withOptionalBody(operation: Operation, schemas: Schemas): Operation {
  const body = operation.requestBody as Body | undefined;
  const shown = body?.content?.['application/json']?.schema;
  if (shown === undefined) return operation;
  const name = shown.$ref?.split('/').at(-1);
  const schema = (name === undefined ? shown : schemas[name]) as { readonly required?: unknown } | undefined;
  const isRequired = Array.isArray(schema?.required) && schema.required.length > 0;
  return {
    ...operation,
    requestBody: { ...operation.requestBody, required: isRequired } as Operation['requestBody'],
  };
}
