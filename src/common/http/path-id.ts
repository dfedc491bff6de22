import { z } from 'zod';

const resources = new WeakMap<object, string>();

/**
 * Path parameter that is the id of a resource: `@Param('agentId', { schema: pathId('agent') })`. What is no UUID can
 * be no resource's id, so it is answered like an unknown one: 404 `<resource>_not_found`. `example` is one that exists.
 */
export function pathId(resource: string, example?: string): z.ZodType<string, string> {
  const description = `Id of the ${resource}.`;
  const schema = z.uuid().meta(example === undefined ? { description } : { description, example });
  resources.set(schema, resource);
  return schema;
}

/** The resource whose id a schema made by `pathId` describes. */
export const resourceOf = (schema: object): string | undefined => resources.get(schema);
