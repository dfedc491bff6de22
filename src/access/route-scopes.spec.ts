import 'reflect-metadata';
import { Controller, Get } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { scopeProblems, scopesOf } from './route-scopes.js';
import { Scope } from './scope.decorator.js';

@Controller('by-method')
class ByMethod {
  @Get('a')
  @Scope('agents:read')
  scoped(): void {}

  @Get('b')
  bare(): void {}

  helper(): void {}
}

@Scope('runs:read')
@Controller('by-class')
class ByClass {
  @Get('a')
  inherits(): void {}

  @Get('b')
  @Scope('public')
  twice(): void {}
}

describe('scopesOf', () => {
  it('reads the scopes of routes, not of other methods', () => {
    expect(scopesOf(ByMethod)).toEqual([
      { route: 'ByMethod.scoped', scopes: ['agents:read'] },
      { route: 'ByMethod.bare', scopes: [] },
    ]);
  });
});

describe('scopeProblems', () => {
  it('lists every route without exactly one scope', () => {
    expect(scopeProblems([...scopesOf(ByMethod), ...scopesOf(ByClass)])).toEqual([
      'ByMethod.bare declares no scope',
      'ByClass.twice declares public and runs:read: keep the one of its method or of its class',
    ]);
  });
});
