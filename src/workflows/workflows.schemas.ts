import { z } from 'zod';
import { SAMPLE_AGENT_ID } from '../agents/agents.schemas.js';
import { listQuerySchema } from '../common/cursor.js';
import { EXAMPLE_DEFINITION, uncheckedDefinitionSchema } from './unchecked-definition.schema.js';
import { WORKFLOW_STATUSES } from './workflow.js';

const name = z
  .string()
  .max(200)
  .regex(/\S/, 'must not be blank')
  .meta({ description: 'What people call the workflow; need not be unique.', example: 'Greeting' });
const description = z
  .string()
  .max(4_000)
  .meta({ description: 'What the workflow is for.', example: 'Writes a greeting to a file.' });
const ownerAgentId = z.uuid().meta({
  description: 'The agent that owns the workflow: it and the agents below it execute the tasks.',
  example: SAMPLE_AGENT_ID,
});
const status = z.enum(WORKFLOW_STATUSES).meta({
  description: 'An `archived` workflow is kept but refuses to start.',
  example: 'active',
});

export const workflowSettingsSchema = z
  .strictObject({})
  .meta({ id: 'WorkflowSettings', description: 'Nothing can be set yet.', example: {} });

export const createWorkflowSchema = z
  .strictObject({
    name,
    description: description.default(''),
    ownerAgentId,
    definition: uncheckedDefinitionSchema.optional(),
    settings: workflowSettingsSchema.default({}),
  })
  .meta({
    id: 'CreateWorkflow',
    description: 'A new workflow; its definition can also follow by PUT.',
    example: { name: 'Greeting', ownerAgentId: SAMPLE_AGENT_ID, definition: EXAMPLE_DEFINITION },
  });
export type CreateWorkflow = z.output<typeof createWorkflowSchema>;

export const patchWorkflowSchema = z
  .strictObject({
    name: name.optional(),
    description: description.optional(),
    status: status.optional(),
    settings: workflowSettingsSchema.optional(),
  })
  .meta({
    id: 'PatchWorkflow',
    description: 'The fields to change.',
    example: { description: 'Greets whoever the input names.' },
  });
export type PatchWorkflow = z.output<typeof patchWorkflowSchema>;

const time = z.iso.datetime().meta({ description: 'RFC 3339, UTC.', example: '2026-11-22T09:30:00.000Z' });

export const workflowSchema = z
  .object({
    id: z.uuid().meta({ description: 'UUIDv7.' }),
    name,
    description,
    ownerAgentId,
    status,
    definitionVersion: z.int().min(0).meta({
      description: 'One more with every change of the definition; 0: there is none yet.',
      example: 1,
    }),
    settings: workflowSettingsSchema,
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Workflow', description: 'A named, owned definition that can be run many times.' });
export type WorkflowView = z.output<typeof workflowSchema>;

export const workflowPageSchema = z
  .object({ items: z.array(workflowSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'WorkflowPage', description: 'One page of workflows; `nextCursor` is null on the last.' });
export type WorkflowPage = z.output<typeof workflowPageSchema>;

export const listWorkflowsQuerySchema = listQuerySchema.extend({
  status: status.optional(),
  ownerAgentId: z.uuid().optional().meta({ description: 'Workflows of this agent.' }),
});
export type ListWorkflowsQuery = z.output<typeof listWorkflowsQuerySchema>;
