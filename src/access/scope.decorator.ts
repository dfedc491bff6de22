import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { SCOPE_EXTENSION } from '../common/http/openapi/complete-operation.js';

export const SCOPE_METADATA = 'tandem:scope';

/** What a caller must be allowed to do: `<resource>:<read|write>`. */
export const SCOPES = [
  'agents:read',
  'agents:write',
  'workflows:read',
  'workflows:write',
  'runs:read',
  'runs:write',
  'tasks:read',
  'tasks:write',
  'task-types:read',
  'webhooks:read',
  'webhooks:write',
  'features:read',
  'features:write',
  'llm:read',
  'budgets:read',
  'budgets:write',
  'public',
] as const;
export type ScopeName = (typeof SCOPES)[number];

/** Declares the scope of a route (`public`: none). A route without one does not start. */
export const Scope = (scope: ScopeName): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(SCOPE_METADATA, scope), ApiExtension(SCOPE_EXTENSION, scope));
