import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROBLEM_COMPONENT, PROBLEM_MEDIA_TYPE, PROBLEM_RESPONSES } from '../problem-media.js';
import { problemSchema } from '../problem.schema.js';
import { completeOperation, type Operation, type PathItem } from './complete-operation.js';
import { nameInputs } from './name-inputs.js';
import { convertZodSchema } from './schema-converter.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Title, version and tags of the document. */
export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

type Components = NonNullable<OpenAPIObject['components']>;

const sorted = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) as T;

function problemComponents(): Pick<Components, 'schemas' | 'responses'> {
  const converted = convertZodSchema(problemSchema, { schemaType: 'output' });
  const schema = { $ref: `#/components/schemas/${PROBLEM_COMPONENT}` };
  const responses = Object.values(PROBLEM_RESPONSES).map(({ component, description }) => [
    component,
    {
      description,
      ...(component === 'Unavailable' || component === 'TooMany'
        ? { headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } } }
        : {}),
      content: { [PROBLEM_MEDIA_TYPE]: { schema } },
    },
  ]);
  return {
    schemas: converted?.components as NonNullable<Components['schemas']>,
    responses: Object.fromEntries(responses) as NonNullable<Components['responses']>,
  };
}

function completePath(item: PathItem): PathItem {
  const operations = METHODS.flatMap((method) => {
    const operation: Operation | undefined = item[method];
    return operation === undefined ? [] : [[method, completeOperation(method, operation)]];
  });
  return { ...item, ...(Object.fromEntries(operations) as PathItem) };
}

/** The OpenAPI 3.1 document of an application, complete and in a stable order. */
export function describeApi(
  app: INestApplication,
  { title, version, description, tags }: ApiDescription,
): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setVersion(version)
    .setDescription(description)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This process');
  for (const [name, text] of Object.entries(tags)) builder.addTag(name, text);
  const document = nameInputs(
    SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter: convertZodSchema }),
  );
  const { schemas, responses } = problemComponents();
  const paths = Object.entries(document.paths).map(([path, item]) => [path, completePath(item)]);
  return {
    ...document,
    paths: sorted(Object.fromEntries(paths) as OpenAPIObject['paths']),
    components: {
      ...document.components,
      schemas: sorted({ ...document.components?.schemas, ...schemas }),
      responses: sorted(responses ?? {}),
    },
  };
}
