import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aTask, aTaskType } from '../../../test/factories/definition.factory.js';
import type { JsonObject } from '../../common/json.js';
import { effectsOfTasks } from './effects.js';

const EFFECT_OF = { GET: 'none', PUT: 'idempotent', POST: 'irreversible' } as const;

const request = aTaskType({
  name: 'test.request',
  parameters: z.strictObject({ url: z.url(), method: z.enum(['GET', 'PUT', 'POST']).default('GET') }),
  effects: (parameters) => EFFECT_OF[(parameters as { method: keyof typeof EFFECT_OF }).method],
  examples: [{ title: 'Send', parameters: { url: 'https://example.com', method: 'POST' } }],
});

const effects = (...parameters: JsonObject[]) =>
  effectsOfTasks(
    parameters.map((one) => aTask({ taskType: 'test.request', parameters: one })),
    (name) => (name === 'test.request' ? request : undefined),
  );

describe('effects', () => {
  it('are those of the parameters, each once, mildest first', () => {
    const url = 'https://example.com';
    expect(effects({ url, method: 'POST' }, { url }, { url, method: 'POST' })).toEqual([
      'none',
      'irreversible',
    ]);
  });

  it('are told in spite of a reference when the other parameters decide', () => {
    expect(effects({ url: '{{ run.input.url }}', method: 'PUT' })).toEqual(['idempotent']);
    expect(effects({ url: '{{ run.input.url }}' })).toEqual(['none']);
  });

  it('are all that are possible when a reference decides', () => {
    const parameters = { url: 'https://example.com', method: '{{ run.input.method }}' };
    expect(effects(parameters)).toEqual(['none', 'idempotent', 'irreversible']);
  });

  it('are those of the examples when the parameters do not fit', () => {
    expect(effects({ url: 5 })).toEqual(['irreversible']);
  });

  it('are those of alternatives and compensations too', () => {
    const url = 'https://example.com';
    const [get, put, post] = ['GET', 'PUT', 'POST'].map((method) => ({
      taskType: 'test.request',
      parameters: { url, method },
    }));
    const of = (task: object) => effectsOfTasks([{ ...aTask(get), ...task }], () => request);
    expect(of({ alternatives: [get, put] })).toEqual(['none', 'idempotent']);
    expect(of({ compensation: post })).toEqual(['none', 'irreversible']);
  });

  it('of unknown types are left out', () => {
    expect(effectsOfTasks([aTask()], () => undefined)).toEqual([]);
  });

  it('count as irreversible when nothing tells them', () => {
    const broken = aTaskType({
      effects: () => {
        throw new Error('broken');
      },
    });
    expect(effectsOfTasks([aTask()], () => broken)).toEqual(['irreversible']);
  });
});
