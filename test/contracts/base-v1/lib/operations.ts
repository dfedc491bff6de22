import { isJsonObject, type JsonObject } from '../../../../src/common/json.js';
import type { Step } from './step.js';

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** `/api/v1/agents/{agentId}` */
  readonly path: string;
  /** As documented: `200`, `404`, … */
  readonly statuses: readonly string[];
  readonly responses: JsonObject;
}

/** The operations of an OpenAPI document. */
export function operationsOf(document: JsonObject): readonly Operation[] {
  return Object.entries(document.paths as JsonObject).flatMap(([path, item]) =>
    Object.entries(item as JsonObject).flatMap(([method, operation]) => {
      if (!isJsonObject(operation) || typeof operation.operationId !== 'string') return [];
      const responses = operation.responses as JsonObject;
      const statuses = Object.keys(responses);
      return [{ id: operation.operationId, method: method.toUpperCase(), path, statuses, responses }];
    }),
  );
}

/** The operation a step asks for; undefined for what the document does not show, such as the document itself. */
export function operationOf(step: Step, operations: readonly Operation[]): Operation | undefined {
  const [method, target = ''] = step.request.split(' ');
  const segments = target.replace(/\?.*/, '').split('/');
  return operations.find((operation) => {
    const template = operation.path.split('/');
    return (
      operation.method === method &&
      template.length === segments.length &&
      template.every((segment, i) => segment.startsWith('{') || segment === segments[i])
    );
  });
}
