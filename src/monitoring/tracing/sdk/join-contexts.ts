import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { SourcedTracers } from './sourced-tracers.js';

let joined = false;

/**
 * Makes `@opentelemetry/api` work for the whole process, once: contexts follow promises, and a tracer anybody asks for
 * sends each span where the application belongs for which the work is done. That way several applications of one
 * process (as in tests) keep their spans apart, and extensions need nothing but the API. It stays when an application
 * ends: it keeps nothing, and there may be others.
 */
export function joinContexts(): void {
  if (joined) return;
  joined = true;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new SourcedTracers());
}
