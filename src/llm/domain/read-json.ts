import type { JsonValue } from '../../common/json.js';

const FENCED = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/;

/**
 * The JSON value in a model's answer; what stands in one code fence, or between the first `{` and the last `}` of a
 * sentence, counts too. undefined: there is none.
 */
export function readJson(text: string): JsonValue | undefined {
  const trimmed = text.trim();
  const candidates = [
    trimmed,
    FENCED.exec(trimmed)?.[1],
    trimmed.slice(trimmed.indexOf('{'), trimmed.lastIndexOf('}') + 1),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || candidate === '') continue;
    try {
      return JSON.parse(candidate) as JsonValue;
    } catch {
      // The next reading may fit.
    }
  }
  return undefined;
}
