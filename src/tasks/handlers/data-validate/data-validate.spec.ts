import { afterAll, describe, expect, it } from '@jest/globals';
import { taskContext } from '../../../../test/integration/tasks/task-context.js';
import { JsonSchemaValidator } from '../../json-schema/json-schema-validator.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { DataValidateTask } from './data-validate.task.js';

type Schema = boolean | Record<string, unknown>;

describe('data.validate', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.onApplicationShutdown());
  const validate = async (data: unknown, schema: Schema, failOnInvalid = false) =>
    (
      await new DataValidateTask(new JsonSchemaValidator(sandbox)).execute(
        { data, schema, failOnInvalid },
        taskContext(),
      )
    ).result;

  it('says that fitting data is valid', async () => {
    await expect(validate({ n: 1 }, { properties: { n: { type: 'integer' } } })).resolves.toEqual({
      valid: true,
      errorCount: 0,
      errors: [],
    });
  });

  it('lists every error with its place in data and schema', async () => {
    const schema = {
      type: 'object',
      required: ['name'],
      properties: { lines: { items: { type: 'integer' } } },
      additionalProperties: false,
    };
    await expect(validate({ lines: [1, 'two'], extra: 1 }, schema)).resolves.toEqual({
      valid: false,
      errorCount: 3,
      errors: [
        {
          pointer: '',
          message: "must have required property 'name'",
          keyword: 'required',
          schemaPointer: '#/required',
        },
        {
          pointer: '',
          message: 'must NOT have additional properties: "extra"',
          keyword: 'additionalProperties',
          schemaPointer: '#/additionalProperties',
        },
        {
          pointer: '/lines/1',
          message: 'must be integer',
          keyword: 'type',
          schemaPointer: '#/properties/lines/items/type',
        },
      ],
    });
  });

  it('checks formats', async () => {
    await expect(validate('not a date', { format: 'date-time' })).resolves.toMatchObject({ valid: false });
    await expect(validate('2026-03-01T12:00:00Z', { format: 'date-time' })).resolves.toMatchObject({
      valid: true,
    });
  });

  it('knows the keywords of 2020-12', async () => {
    await expect(validate([1, 'x'], { prefixItems: [{ type: 'string' }] })).resolves.toMatchObject({
      errorCount: 1,
    });
  });

  it('accepts a schema of draft 07', async () => {
    const schema = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' };
    await expect(validate(1, schema)).resolves.toMatchObject({ valid: false });
  });

  it('shows the first hundred of many errors and counts all', async () => {
    const validation = await validate(Array<string>(250).fill('x'), { items: { type: 'number' } });
    expect(validation.errorCount).toBe(250);
    expect(validation.errors).toHaveLength(100);
  });

  it('fails on invalid data when asked to', async () => {
    await expect(validate({}, { required: ['id'] }, true)).rejects.toMatchObject({
      failure: {
        code: 'data_invalid',
        class: 'invalid_input',
        message: "The data does not fit the schema: (the data itself) must have required property 'id'.",
      },
    });
  });

  it.each<[string, Schema]>([
    ['is no schema', { type: 'strin' }],
    ['refers to another document', { $ref: 'https://example.com/schema.json' }],
    ['refers to what it does not have', { $ref: '#/$defs/none' }],
    ['is asynchronous', { $async: true, type: 'string' }],
    ['has a pattern that is no expression', { pattern: '(' }],
    ['is too large', { enum: ['x'.repeat(300_000)] }],
  ])('refuses a schema that %s', async (_what, schema) => {
    await expect(validate('x', schema)).rejects.toMatchObject({
      failure: { code: 'invalid_schema', class: 'invalid_input', retryable: false },
    });
  });

  it('stops a pattern that backtracks for ever', async () => {
    await expect(validate(`${'a'.repeat(60)}!`, { pattern: '^(a+)+$' })).rejects.toMatchObject({
      failure: { code: 'time_limit_exceeded' },
    });
  });
});
