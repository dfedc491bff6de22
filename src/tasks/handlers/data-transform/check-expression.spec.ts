import { describe, expect, it } from '@jest/globals';
import { CheckBudget } from '../../domain/check-budget.js';
import { checkExpression } from './check-expression.js';
import { cpuTimeOf } from '../../../../test/support/cpu-time.js';

const check = (expression: string) => checkExpression(expression, new CheckBudget());

describe('the check of a JSONata expression', () => {
  it('lets pass what can be parsed, whatever it would do', () => {
    expect(check('$sum(lines[price > 10].price)')).toEqual([]);
    expect(check('($f := function($x){ $f($x) }; $f(1))')).toEqual([]);
    expect(check('$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)')).toEqual([]);
  });

  it('says where one ends too early', () => {
    expect(check('((')).toEqual([
      {
        code: 'invalid_expression',
        pointer: '',
        message: expect.stringMatching(/^The expression is not JSONata: .+ \(at character \d+\)$/),
      },
    ]);
  });

  it('answers for one that is nested too deeply', () => {
    for (const expression of ['('.repeat(15_000), '['.repeat(15_000), '-'.repeat(15_000) + '1'])
      expect(check(expression)).toEqual([
        {
          code: 'invalid_expression',
          pointer: '',
          message: 'The expression is not JSONata: it is nested too deeply',
        },
      ]);
  });

  it('leaves one to the run that takes long to parse', () => {
    const paths = `${'a.'.repeat(3_000)}(`;
    const spent = cpuTimeOf(() => expect(check(paths)).toEqual([]));
    expect(spent).toBeLessThan(20);
  });
});
