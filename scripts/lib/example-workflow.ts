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

async function ownerId(api: Api): Promise<string> {
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

/** Makes the workflow, or gives the existing one this definition; answers its id. */
export async function putExampleWorkflow(api: Api, name: string, definition: unknown): Promise<string> {
  const ownerAgentId = await ownerId(api);
  const existing = await findByName(api, ownerAgentId, name);
  if (existing === undefined) {
    return (await api.send('POST', '/workflows', { name, ownerAgentId, definition }, named)).id;
  }
  await api.send('PUT', `/workflows/${existing.id}/definition`, definition, z.unknown());
  return existing.id;
}
