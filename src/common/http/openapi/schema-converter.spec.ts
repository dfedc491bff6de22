import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { convertZodSchema } from './schema-converter.js';

const inner = z.strictObject({ size: z.int().default(1) }).meta({ id: 'SpecInner' });
const plain = z.strictObject({ id: z.uuid() }).meta({ id: 'SpecPlain' });
const outer = z.strictObject({ inner, plain }).meta({ id: 'SpecOuter' });
const open = z.object({ a: z.string() }).meta({ id: 'SpecOpen' });

describe('convertZodSchema', () => {
  it('names components by their id', () => {
    expect(convertZodSchema(plain, { schemaType: 'output' })).toEqual({
      schema: { $ref: '#/$defs/SpecPlain' },
      components: {
        SpecPlain: {
          type: 'object',
          properties: { id: { type: 'string', format: 'uuid' } },
          required: ['id'],
          additionalProperties: false,
        },
      },
    });
  });

  it('keeps the sent form apart where it differs, also through what it refers to', () => {
    const sent = convertZodSchema(outer, { schemaType: 'input' });
    expect(sent?.schema).toEqual({ $ref: '#/$defs/SpecOuter__input' });
    expect(Object.keys(sent?.components ?? {}).sort()).toEqual([
      'SpecInner__input',
      'SpecOuter__input',
      'SpecPlain',
    ]);
    expect(sent?.components?.['SpecOuter__input']).toMatchObject({
      properties: { inner: { $ref: '#/$defs/SpecInner__input' }, plain: { $ref: '#/$defs/SpecPlain' } },
    });
  });

  it('leaves answers open for fields of later versions', () => {
    const answered = convertZodSchema(open, { schemaType: 'output' });
    expect(answered?.components?.['SpecOpen']).not.toHaveProperty('additionalProperties');
  });

  it('leaves other schemas to others', () => {
    expect(convertZodSchema({ type: 'string' }, { schemaType: 'input' })).toBeUndefined();
  });
});
