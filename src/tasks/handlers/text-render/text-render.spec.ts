import { afterAll, describe, expect, it } from '@jest/globals';
import { taskContext } from '../../../../test/integration/tasks/task-context.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { TextRenderTask } from './text-render.task.js';

describe('text.render', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.onApplicationShutdown());
  const render = async (template: string, data: Record<string, unknown> = {}): Promise<string> =>
    (await new TextRenderTask(sandbox).execute({ template, data }, taskContext())).result.text;

  it('renders variables, loops and filters', async () => {
    const template = '{{ name | upcase }}:{% for n in list %} {{ n.id }}{% endfor %}';
    await expect(render(template, { name: 'ada', list: [{ id: 7 }, { id: 9 }] })).resolves.toBe('ADA: 7 9');
  });

  it('renders text without data as it is', async () => {
    await expect(render('plain <b>&</b>')).resolves.toBe('plain <b>&</b>');
  });

  it('fails on a variable that the data does not have', async () => {
    await expect(render('Dear {{ nmae }}', { name: 'Ada' })).rejects.toMatchObject({
      failure: {
        code: 'template_failed',
        class: 'invalid_input',
        message: 'The template cannot be rendered: undefined variable: nmae, line:1, col:9',
      },
    });
  });

  it('lets conditions and defaults ask for what is absent', async () => {
    await expect(render('{% if a %}yes{% else %}no{% endif %} {{ b | default: "none" }}')).resolves.toBe(
      'no none',
    );
  });

  it('fails on an unknown filter and on broken syntax', async () => {
    await expect(render('{{ "a" | shout }}')).rejects.toThrow('undefined filter: shout');
    await expect(render('{% if a %}')).rejects.toThrow('not closed');
  });

  it.each(['include', 'render', 'layout'])('reads no file through %s', async (tag) => {
    await expect(render(`{% ${tag} "package.json" %}`)).rejects.toMatchObject({
      failure: { code: 'template_failed' },
    });
  });

  it('shows nothing of the prototypes of data', async () => {
    await expect(render('{{ name.constructor }}', { name: {} })).rejects.toThrow('undefined variable');
    await expect(render('{{ list.map }}', { list: [] })).rejects.toThrow('undefined variable');
  });

  it('formats dates in UTC', async () => {
    await expect(render('{{ "2026-03-01T23:30:00Z" | date: "%Y-%m-%d %H:%M" }}')).resolves.toBe(
      '2026-03-01 23:30',
    );
  });

  it('stops a template that builds text without end', async () => {
    const template =
      '{% assign s = "xxxxxxxxxx" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}';
    await expect(render(template)).rejects.toMatchObject({ failure: { effect: 'none', retryable: false } });
  });

  it('stops a template that counts for ever', async () => {
    const loop = '{% for a in (1..9999) %}{% for b in (1..9999) %}{{ a }}{% endfor %}{% endfor %}';
    await expect(render(loop)).rejects.toMatchObject({ failure: { effect: 'none', retryable: false } });
  });
});
