import { describe, expect, it } from '@jest/globals';
import type { Schema } from './api-document.js';
import { harvest } from './harvest.js';
import { IdPools } from './id-pools.js';

const ID = '01920000-0000-7000-8000-0000000000a1';
const schemaOf = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const DEFINITIONS = {
  Run: { type: 'object' },
  RunPage: { type: 'object', properties: { items: { type: 'array', items: schemaOf('Run') } } },
};

function harvested(body: unknown, schema: Schema): IdPools {
  const pools = new IdPools();
  harvest(body, schema, DEFINITIONS, pools);
  return pools;
}

describe('harvest', () => {
  it('learns the id of what is answered, by the parameter that takes it', () => {
    expect(harvested({ id: ID }, schemaOf('Run')).of('runId')).toEqual([ID]);
  });

  it('learns all of a page, and how it goes on', () => {
    const pools = harvested({ items: [{ id: ID }, {}], nextCursor: 'on' }, schemaOf('RunPage'));
    expect([pools.of('runId'), pools.of('cursor')]).toEqual([[ID], ['on']]);
  });

  it('learns nothing of what is no id or of no resource', () => {
    expect(harvested({ id: 'by-licence' }, schemaOf('Run')).of('runId')).toEqual([]);
    expect(harvested({ id: ID }, { type: 'object' }).of('runId')).toEqual([]);
    expect(harvested(null, schemaOf('Run')).of('runId')).toEqual([]);
  });
});
