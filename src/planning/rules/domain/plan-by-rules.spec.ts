import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_TYPES } from '../../../../test/support/built-in-types.js';
import { validateDefinition } from '../../../workflows/domain/validate-definition.js';
import { toCatalogueEntry } from '../../domain/to-catalogue-entry.js';
import { CatalogueIndex } from './catalogue-index.js';
import { planByRules } from './plan-by-rules.js';

const check = (definition: Parameters<typeof validateDefinition>[0]) =>
  validateDefinition(definition, {
    findTaskType: (name) => BUILT_IN_TYPES.find((type) => type.name === name),
  }).issues;

function plan(request: string, allowed: (name: string) => boolean = () => true) {
  const catalogue = BUILT_IN_TYPES.map(toCatalogueEntry).filter(({ name }) => allowed(name));
  const { definition, diagnostics } = planByRules(request, new CatalogueIndex(catalogue), catalogue, check);
  return {
    tasks: definition.tasks.map(({ taskId, taskType, dependencies }) =>
      [taskId, taskType, ...dependencies].join(' '),
    ),
    definition,
    warnings: diagnostics
      .filter(({ severity }) => severity === 'warning')
      .map(({ code, message }) => [code, message]),
  };
}

describe('planByRules', () => {
  it('reads, counts and writes', () => {
    const { tasks, warnings } = plan(
      'Read package-lock.json, count the packages per licence, then write the result to counts.json',
    );
    expect(tasks).toEqual([
      'read-package-lock-json file.read',
      'count-packages-licence data.aggregate read-package-lock-json',
      'write-result-counts-json file.write count-packages-licence',
    ]);
    expect(warnings).toEqual([]);
  });

  it('asks two questions where two are asked, the second with the answer to the first', () => {
    expect(plan('Ask a person to check the roof. Then ask a person to mend it.').tasks).toEqual([
      'ask-person-check-roof human.task',
      'ask-person-mend human.task ask-person-check-roof',
    ]);
  });

  it('says what it leaves out, and warns where that names something', () => {
    const { tasks, warnings } = plan('The weather is fine. The list is a.json. Read b.json.');
    expect(tasks).toEqual(['read-b-json file.read']);
    expect(warnings).toEqual([
      ['clause_left_out', '"The list is a.json" asks for nothing that a task could do.'],
    ]);
  });

  it('does what is asked for every morning, and says that a schedule does so', () => {
    const { tasks, warnings } = plan('Every morning read a.json and write it to b.json');
    expect(tasks.map((task) => task.split(' ')[1])).toEqual(['file.read', 'file.write']);
    expect(warnings).toEqual([
      ['schedule_left', '"Every morning" is for a schedule of the workflow: a plan runs once.'],
    ]);
  });

  it('asks a person about a condition, with the file that it names, and goes on with that', () => {
    const { tasks, definition } = plan('If the file a.json holds more than 5 items, write them to b.json');
    expect(tasks).toEqual([
      'read-a-json file.read',
      'decide-file-a-json-holds human.task read-a-json',
      'write-b-json file.write decide-file-a-json-holds',
    ]);
    const content = '{{ tasks.read-a-json.result.content }}';
    expect(definition.tasks.map(({ parameters }) => parameters)).toMatchObject([
      { path: 'a.json' },
      { question: 'Does this hold: the file a.json holds more than 5 items?', details: content },
      { path: 'b.json', content },
    ]);
  });

  it('leaves to a person what has no place for an address', () => {
    const { tasks, warnings } = plan('Send an email to ada@example.com with report.md');
    expect(tasks).toEqual(['send-email-ada-example-com-report-md human.task']);
    expect(warnings).toEqual([
      ['left_to_person', 'A person does this: text.render has no place for ada@example.com.'],
    ]);
  });

  it('reads nothing that is to be written', () => {
    const { tasks } = plan('Read a.json, then write it to b.json', (name) =>
      ['file.read', 'human.task'].includes(name),
    );
    expect(tasks.map((task) => task.split(' ')[1])).toEqual(['file.read', 'human.task']);
  });
});
