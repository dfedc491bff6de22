/** A JSON Schema (2020-12), of the document or of a task type. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly [mediaType: string]: { readonly schema: Schema };
}

export interface Response {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Content;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

/** As much of an OpenAPI document as requests are made from and answers are held against. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

/** What a caller can ask for. */
export interface Operation {
  readonly operationId: string;
  /** In capitals. */
  readonly method: string;
  /** Template: `/api/v1/agents/{agentId}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Null where no body is taken. */
  readonly body: { readonly schema: Schema; readonly isRequired: boolean } | null;
  readonly responses: Readonly<Record<string, Response>>;
}

function operationOf(method: string, path: string, shown: DocumentedOperation): Operation {
  const { operationId, parameters = [], requestBody, responses } = shown;
  const schema = requestBody?.content['application/json']?.schema;
  return {
    ...{ operationId, method: method.toUpperCase(), path, parameters, responses },
    body: schema === undefined ? null : { schema, isRequired: requestBody?.required === true },
  };
}

/** Every operation of the document, in its order. */
export const operationsOf = ({ paths }: ApiDocument): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, shown]) => operationOf(method, path, shown)),
  );

/** What `#/components/<kind>/<name>` or `#/$defs/<name>` names. */
export const nameOfReference = (reference: string): string => reference.split('/').at(-1) ?? '';

/** What is documented for a status: itself, its hundred (`4XX`) or `default`; undefined for none of these. */
export function responseOf(
  { responses }: Operation,
  status: number,
  { components }: ApiDocument,
): Response | undefined {
  const found = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default'];
  return found?.$ref === undefined ? found : components.responses[nameOfReference(found.$ref)];
}
