import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runSpanContext } from '../../common/tracing/run-trace-ids.js';
import { currentWork } from '../../common/work-ids.js';
import type { RunState } from '../domain/run-state.js';
import { RunScope } from './run-scope.js';

const state = {
  runId: 'run',
  plan: [{ id: 'task' }],
  tasks: { get: () => ({ agentId: 'agent' }) },
} as unknown as RunState;

describe('the scope of a run that is not traced', () => {
  beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  afterAll(() => context.disable());
  const scope = new RunScope({ runId: 'run' } as never, { open: () => null });
  const ofAnother = trace.setSpanContext(
    ROOT_CONTEXT,
    runSpanContext('0190163d-8694-739b-aea5-966c26f8ad91'),
  );

  it('keeps its work out of the trace of the run that ran before it in its place', () => {
    const look = () => [currentWork(), trace.getActiveSpan()];
    context.with(ofAnother, () => {
      expect(trace.getActiveSpan()).toBeDefined();
      expect(scope.inTask(state, 0, look)).toEqual([
        { runId: 'run', taskId: 'task', agentId: 'agent' },
        undefined,
      ]);
      expect(scope.inRun(look)).toEqual([{ runId: 'run' }, undefined]);
    });
  });
});
