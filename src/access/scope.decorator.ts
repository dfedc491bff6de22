import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ScopeName } from './domain/scopes.js';
import { SCOPE_EXTENSION } from '../common/http/openapi/complete-operation.js';

export const SCOPE_METADATA = 'tandem:scope';

/** Declares the scope of a route (`public`: none). A route without one does not start. */
export const Scope = (scope: ScopeName): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(SCOPE_METADATA, scope), ApiExtension(SCOPE_EXTENSION, scope));
