import { z } from 'zod';
import type { Api } from './api.ts';

const named = z.object({ id: z.uuid(), name: z.string() });
const page = z.object({ items: z.array(named), nextCursor: z.string().nullable() });
type Named = z.output<typeof named>;

const OWNER = {
  name: 'examples',
  description: 'Owns the workflows of npm run example.',
  capabilities: ['*'],
};

/** The agent that owns the workflows of examples, made where it is not there; it may do everything. */
export async function exampleAgent(api: Api): Promise<string> {
  const { items } = await api.get(`/agents?name=${OWNER.name}&status=active&limit=1`, page);
  return items[0]?.id ?? (await api.send('POST', '/agents', OWNER, named)).id;
}

async function findByName(api: Api, ownerAgentId: string, name: string): Promise<Named | undefined> {
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const list: z.output<typeof page> = await api.get(
      `/workflows?ownerAgentId=${ownerAgentId}&limit=200${next}`,
      page,
    );
    const found = list.items.find((workflow) => workflow.name === name);
    if (found !== undefined) return found;
    cursor = list.nextCursor;
  }
  return undefined;
}

/** The workflow of this name, made where it is not there; answers its id. */
export async function exampleWorkflow(api: Api, name: string): Promise<string> {
  const ownerAgentId = await exampleAgent(api);
  const existing = await findByName(api, ownerAgentId, name);
  return existing?.id ?? (await api.send('POST', '/workflows', { name, ownerAgentId }, named)).id;
}

/** The same, with this definition. */
export async function putExampleWorkflow(api: Api, name: string, definition: unknown): Promise<string> {
  const id = await exampleWorkflow(api, name);
  await api.send('PUT', `/workflows/${id}/definition`, definition, z.unknown());
  return id;
}
