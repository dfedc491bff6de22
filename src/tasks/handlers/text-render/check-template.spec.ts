import { describe, expect, it } from '@jest/globals';
import { CheckBudget } from '../../domain/check-budget.js';
import { checkTemplate } from './check-template.js';
import { cpuTimeOf } from '../../../../test/support/cpu-time.js';

const check = (template: string) => checkTemplate(template, new CheckBudget());
const refused = (reason: string) => [
  { code: 'template_failed', pointer: '', message: `The template cannot be rendered: ${reason}` },
];

describe('the check of a Liquid template', () => {
  it('lets pass what can be parsed; names are judged when they have values', () => {
    expect(check('Dear {{ name | upcase }}{% for x in xs %}{{ x }}{% endfor %}')).toEqual([]);
    expect(check("{% include '/etc/hostname' %}{% render 'none' %}")).toEqual([]);
  });

  it.each([
    ['{% if %}', /invalid value expression: ""/],
    ['{% if a %}', /not closed/],
    ['{{ a | nope }}', /undefined filter: nope/],
    ['{% nope %}', /tag "nope" not found/],
  ])('refuses %s', (template, reason) => {
    expect(check(template)).toMatchObject([
      { code: 'template_failed', message: expect.stringMatching(reason) },
    ]);
  });

  it('answers for one that is nested too deeply', () => {
    expect(check(`{% if ${'('.repeat(50_000)} %}`)).toEqual(refused('it is nested too deeply'));
  });

  it('leaves one to the run that takes long to parse', () => {
    const spent = cpuTimeOf(() =>
      expect(check(`{% liquid\n${'liquid '.repeat(3_000)} %}{% if %}`)).toEqual([]),
    );
    expect(spent).toBeLessThan(20);
  });
});
