import { context, trace } from '@opentelemetry/api';
import { sourceOf } from './trace-source.js';

/** Shows content on the span that is under way, where the operator has asked for it. */
export function captureContent(attribute: string, value: unknown): void {
  const active = context.active();
  const text = sourceOf(active)?.content(value);
  if (typeof text === 'string') trace.getSpan(active)?.setAttribute(attribute, text);
}
