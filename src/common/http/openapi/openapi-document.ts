import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROBLEM_COMPONENT, PROBLEM_MEDIA_TYPE, PROBLEM_RESPONSES } from '../problem-media.js';
import { problemSchema } from '../problem.schema.js';
import { API_KEY_SCHEME, completeOperation, type Operation, type PathItem } from './complete-operation.js';
import { nameInputs } from './name-inputs.js';
import { withOptionalBody } from './optional-body.js';
import { convertZodSchema } from './schema-converter.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Title, version and tags of the document. */
export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

const API_KEY = 'An API key, `tdm_<id>_<secret>`. A deployment with AUTH_MODE `none` wants none.';

type Components = NonNullable<OpenAPIObject['components']>;

const sorted = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) as T;

/** Only those that some operation refers to: a reader should not look for what cannot happen. */
function usedResponses(paths: object, responses: NonNullable<Components['responses']>) {
  const text = JSON.stringify(paths);
  const used = Object.entries(responses).filter(([name]) =>
    text.includes(`"#/components/responses/${name}"`),
  );
  return sorted(Object.fromEntries(used) as typeof responses);
}

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

function completePath(item: PathItem, schemas: NonNullable<Components['schemas']>): PathItem {
  const operations = METHODS.flatMap((method) => {
    const operation: Operation | undefined = item[method];
    if (operation === undefined) return [];
    return [[method, withOptionalBody(completeOperation(method, operation), schemas)]];
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
    .addServer('/', 'This process')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: API_KEY }, API_KEY_SCHEME);
  for (const [name, text] of Object.entries(tags)) builder.addTag(name, text);
  const document = nameInputs(
    SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter: convertZodSchema }),
  );
  const { schemas, responses } = problemComponents();
  const completed = Object.entries(document.paths).map(([path, item]) => [
    path,
    completePath(item, document.components?.schemas ?? {}),
  ]);
  const paths = sorted(Object.fromEntries(completed) as OpenAPIObject['paths']);
  return {
    ...document,
    paths,
    components: {
      ...document.components,
      schemas: sorted({ ...document.components?.schemas, ...schemas }),
      responses: usedResponses(paths, responses ?? {}),
    },
  };
}
