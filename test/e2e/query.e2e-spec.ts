import { Controller, Get, Module, Query } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Scope } from '../../src/access/scope.decorator.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

@Controller('words')
@Scope('public')
class WordsController {
  @Get()
  one(@Query('from') from: string, @Query('to') to: string): object {
    return { from, to };
  }
}
@Module({ controllers: [WordsController] })
class WordsModule {}

const ID = '01920000-0000-7000-8000-000000000009';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ modules: [WordsModule] });
});
afterAll(() => test.close());

describe('an unknown query parameter', () => {
  it.each<[string, string, readonly string[]]>([
    ['GET', '/health/live', []],
    ['GET', '/metrics', []],
    ['GET', '/api/v1/features', []],
    ['GET', `/api/v1/agents/${ID}`, []],
    ['DELETE', `/api/v1/agents/${ID}`, []],
    ['POST', '/api/v1/agents', []],
    ['POST', `/api/v1/tasks/${ID}/approve`, []],
    ['GET', `/api/v1/runs/${ID}/events`, ['after']],
    ['GET', '/api/v1/words', ['from', 'to']],
    ['GET', '/api/v1/workflows', ['limit', 'cursor', 'status', 'ownerAgentId']],
  ])('is refused by %s %s', async (method, path, known) => {
    const { status, body } = await test.http(method, `${path}?a%2Fb=1`);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    const taken = known.length === 0 ? 'none' : known.join(', ');
    const message = `There is no query parameter "a/b" here; this route takes ${taken}.`;
    expect(body.errors).toEqual([{ code: 'unknown_field', pointer: '/a~1b', message, allowed: known }]);
  });

  it('is named beside everything else that is wrong', async () => {
    const { body } = await test.http('GET', '/api/v1/runs?limit=x&colour=red');
    expect(body.errors).toMatchObject([{ pointer: '/limit' }, { pointer: '/colour' }]);
  });

  it('does not keep known ones from their handler', async () => {
    expect((await test.http('GET', '/api/v1/words?from=a&to=b')).body).toEqual({ from: 'a', to: 'b' });
  });
});

describe('a number without a digit', () => {
  it.each<[string, string, string]>([
    ['POST', `/api/v1/agents/${ID}/tasks`, 'wait'],
    ['POST', `/api/v1/workflows/${ID}/runs`, 'wait'],
    ['GET', '/api/v1/agents', 'limit'],
    ['GET', `/api/v1/runs/${ID}/events`, 'after'],
  ])('is refused by %s %s?%3$s=', async (method, path, name) => {
    const sent = method === 'GET' ? undefined : { ...(path.endsWith('tasks') && { taskType: 'timer.wait' }) };
    const { status, body } = await test.http(method, `${path}?${name}=`, sent);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.errors).toMatchObject([{ code: 'invalid_type', pointer: `/${name}` }]);
  });
});
