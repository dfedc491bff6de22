import { z } from 'zod';
import { invalidRequest } from '../common/http/validation.pipe.js';
import { issuesOf } from '../common/zod-issues.js';
import { eventNumber } from './runs.schemas.js';

const headersSchema = z.object({ 'Last-Event-ID': eventNumber.optional() });

/** The number of an event in a header; undefined without one. Fails as `invalid_request` for what is no such number. */
export function readLastEventId(header: string | undefined): number | undefined {
  const headers = { 'Last-Event-ID': header };
  const parsed = headersSchema.safeParse(headers);
  if (!parsed.success) throw invalidRequest('headers', issuesOf(parsed.error.issues, headers));
  return parsed.data['Last-Event-ID'];
}
