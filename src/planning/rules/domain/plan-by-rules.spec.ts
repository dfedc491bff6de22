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

  it('says what it leaves out', () => {
    const { tasks, warnings } = plan('The weather is fine. The list is a.json. Read b.json.');
    expect(tasks).toEqual(['read-b-json file.read']);
    expect(warnings).toEqual([
      ['clause_left_out', '"The weather is fine" asks for nothing that a task could do.'],
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

  it.each([
    ['Copy a.txt to b.txt', 'a.txt', { path: 'b.txt' }],
    ['Convert data.csv to data.json', 'data.csv', { path: 'data.json', format: 'json' }],
  ])('%s: from the one into the other', (request, from, into) => {
    const { definition } = plan(request);
    const [read, write] = definition.tasks;
    expect(definition.tasks).toHaveLength(2);
    expect(read).toMatchObject({ taskType: 'file.read', parameters: { path: from } });
    expect(write).toMatchObject({
      taskType: 'file.write',
      parameters: { ...into, content: `{{ tasks.${read?.taskId}.result.content }}` },
    });
  });

  const aggregated = (request: string) =>
    plan(request).definition.tasks.find(({ taskType }) => taskType === 'data.aggregate')?.parameters;
  const OF_LOCK = '{{ tasks.read-lock-json.result.content }}';

  it.each([
    ['Read lock.json. Group packages by licence and count them', 'said in two clauses'],
    ['Read lock.json and tell me how many packages there are per licence', 'asked for'],
    ['From lock.json, count the packages per licence', 'where before what'],
    ['Use lock.json to count the packages per licence', 'what with before what'],
    ['Write the number of packages per licence of lock.json to counts.json', 'with where it goes'],
  ])('%s: %s', (request) => {
    expect(aggregated(request)).toEqual({
      ...{ operation: 'count', from: 'packages', by: 'licence' },
      input: expect.stringMatching(/^\{\{ tasks\.(read|use)-lock-json\.result\.content \}\}$/),
    });
  });

  it('finds what is summed up, or the highest of, without a verb for it', () => {
    expect(aggregated('Read lock.json. What is the total size?')).toEqual({
      ...{ operation: 'sum', of: 'size', input: OF_LOCK },
    });
    expect(aggregated('Read lock.json and find the highest price per city')).toEqual({
      ...{ operation: 'max', of: 'price', by: 'city', input: OF_LOCK },
    });
  });

  it('takes a result to where the words say, in the form of the file', () => {
    expect(plan('Write the number of packages per licence of lock.json to counts.csv').tasks).toEqual([
      'read-lock-json file.read',
      'write-number-packages-licence data.aggregate read-lock-json',
      'rows-write-number-packages-licence data.transform write-number-packages-licence',
      'put-counts-csv file.write write-number-packages-licence rows-write-number-packages-licence',
    ]);
    expect(
      plan('From lock.json, count the packages per licence and write a report to report.md').tasks,
    ).toEqual([
      'read-lock-json file.read',
      'count-packages-licence-lock-json data.aggregate read-lock-json',
      'render-count-packages-licence-lock-json text.render count-packages-licence-lock-json',
      'write-report-report-md file.write count-packages-licence-lock-json render-count-packages-licence-lock-json',
    ]);
  });

  it('reads all files that are named', () => {
    const { tasks, definition, warnings } = plan('Read a.txt, b.txt and c.txt, then write them to d.txt');
    expect(tasks.map((task) => task.split(' ')[1])).toEqual([
      ...['file.read', 'file.read', 'file.read', 'file.write'],
    ]);
    expect(definition.tasks[3]?.parameters['content']).toBe(
      definition.tasks
        .slice(0, 3)
        .map(({ taskId }) => `{{ tasks.${taskId}.result.content }}`)
        .join('\n'),
    );
    expect(warnings).toEqual([]);
  });

  it('asks about a condition at the end of a request too', () => {
    expect(plan('Fetch http://127.0.0.1/a; if it fails ask a person to look at it').tasks).toEqual([
      'fetch http.request',
      'decide-fails human.task fetch',
      'ask-person-look human.task fetch decide-fails',
    ]);
  });

  it('gives a person the whole of what it cannot take apart, once', () => {
    const { tasks, warnings } = plan('Given a.json and b.json, merge them');
    expect(tasks).toEqual(['given-a-json-b-json-merge human.task']);
    expect(warnings).toHaveLength(1);
  });

  it('writes both of two texts, one below the other', () => {
    const { definition } = plan('Read a.txt; at the same time read b.txt; afterwards write both to c.txt');
    expect(definition.tasks[2]).toMatchObject({
      parameters: {
        content: '{{ tasks.read-a-txt.result.content }}\n{{ tasks.read-b-txt.result.content }}',
      },
      dependencies: ['read-a-txt', 'read-b-txt'],
    });
  });

  it('ends a condition without a comma where the command begins, writes bare words, hands the data on', () => {
    const { definition } = plan(
      'Validate a.json against b.json. If it is valid write ok to c.txt otherwise ask a person to fix it',
    );
    expect(definition.tasks.slice(2).map(({ taskType, parameters }) => [taskType, parameters])).toEqual([
      ['data.validate', expect.anything()],
      ['file.write', { path: 'c.txt', content: 'ok' }],
      [
        'human.task',
        { question: 'ask a person to fix it', details: '{{ tasks.read-a-json.result.content }}' },
      ],
    ]);
  });

  it('sends what was counted', () => {
    const { definition } = plan(
      'Take a.csv and count the rows per city, then send the counts to http://127.0.0.1/',
    );
    expect(definition.tasks[2]?.parameters).toEqual({
      ...{ method: 'POST', url: 'http://127.0.0.1/' },
      body: '{{ tasks.count-rows-city.result.groups }}',
    });
  });

  it('finds the object of the verb behind "use … to"', () => {
    const { definition } = plan('Use orders.csv to sum the amount per customer');
    expect(definition.tasks[1]?.parameters).toMatchObject({ operation: 'sum', of: 'amount', by: 'customer' });
  });

  it.each(['Delete the file old.txt', 'Summarise notes.txt in three sentences', 'Print the report'])(
    '%s: a file or a report alone says nothing of what is done with it',
    (request) => {
      const [task, ...others] = plan(request).definition.tasks;
      expect([task?.taskType, others]).toEqual(['human.task', []]);
    },
  );

  it('renders nothing out of nothing', () => {
    expect(plan('Render a report').warnings).toEqual([
      ['left_to_person', 'A person does this: nothing says what text.render works on.'],
    ]);
  });

  it('says of which task type the parameters would not fit', () => {
    expect(plan('Read ../../etc/passwd').warnings).toEqual([
      [
        'left_to_person',
        'A person does this: file.read would not run: The path "../../etc/passwd" is not allowed: ".." is refused; ' +
          'name the file from the top folder.',
      ],
    ]);
  });

  it.each([
    ["Read a.json but don't write it to b.json", "don't write it to b.json"],
    ['Read a.json. Do not send it to http://127.0.0.1/x!', 'Do not send it to http://127.0.0.1/x'],
    ['Read a.json without writing it to b.json', 'without writing it to b.json'],
    ['Read a.json, and make sure not to write it to b.json', 'make sure not to write it to b.json'],
    ['Read a.json; never write it to b.json', 'never write it to b.json'],
  ])('%s: does nothing that is not to be done', (request, unwanted) => {
    const { tasks, warnings } = plan(request);
    expect(tasks).toEqual(['read-a-json file.read']);
    expect(warnings).toEqual([['clause_left_out', `"${unwanted}" is not to be done.`]]);
  });

  const decisions = (request: string) =>
    plan(request).definition.tasks.flatMap(({ taskType, when }) =>
      when == null ? [] : [{ taskType, ...when }],
    );

  it('waits for an approval that only a condition speaks of', () => {
    const { definition, warnings } = plan(
      "Read a.md and, after Ada's approval, send it to http://127.0.0.1/x",
    );
    expect(definition.tasks).toMatchObject([
      { taskType: 'file.read' },
      {
        taskType: 'human.task',
        parameters: {
          question: "Do you approve? It depends on: Ada's approval.",
          details: '{{ tasks.read-a-md.result.content }}',
          answerSchema: { type: 'boolean' },
        },
      },
      {
        taskType: 'http.request',
        when: { value: '{{ tasks.decide-ada-s-approval.result.answer }}', equals: true },
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('lets one approval decide both ways', () => {
    expect(
      decisions(
        'Ask Ada to approve a.md. When she agrees, send it to http://127.0.0.1/x, otherwise ask Bob to fix it',
      ),
    ).toEqual([
      { taskType: 'http.request', value: '{{ tasks.ask-ada-approve-a-md.result.answer }}', equals: true },
      { taskType: 'human.task', value: '{{ tasks.ask-ada-approve-a-md.result.answer }}', equals: false },
    ]);
  });

  it('takes the answer of who was asked whether', () => {
    expect(
      decisions(
        'Ask Ada whether it is fine. If she says yes, write ok to a.txt, otherwise write bad to a.txt',
      ),
    ).toEqual([
      { taskType: 'file.write', value: '{{ tasks.ask-ada-whether-fine.result.answer }}', equals: true },
      { taskType: 'file.write', value: '{{ tasks.ask-ada-whether-fine.result.answer }}', equals: false },
    ]);
  });

  it.each([
    ['Read a.txt and if possible write it to b.txt', ['file.read', 'file.write']],
    ['If possible, read a.txt', ['file.read']],
    [
      "Read a.json, validate it against b.json and if it's valid copy it to c.json",
      ['file.read', 'file.read', 'data.validate', 'file.write'],
    ],
    ['Wait until 2027-01-01T09:00:00Z', ['timer.wait']],
    ['Give me the average age from a.json', ['file.read', 'data.aggregate']],
    [
      'Read a.txt and b.txt at the same time, then write them to c.txt',
      ['file.read', 'file.read', 'file.write'],
    ],
    ['First read a.txt, second read b.txt', ['file.read', 'file.read']],
  ])('%s', (request, types) => {
    const { definition, warnings } = plan(request);
    expect(definition.tasks.map(({ taskType }) => taskType)).toEqual(types);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['is valid', true],
    ['is not valid', false],
    ['is invalid', false],
    ["isn't valid", false],
  ])('takes the branch that is meant: if it %s', (condition, equals) => {
    const request = `Validate a.json against b.json. If it ${condition}, ask a person to look at it`;
    expect(decisions(request)).toMatchObject([{ taskType: 'human.task', equals }]);
  });

  it('does what comes before first, all of it', () => {
    const { tasks } = plan('Before you write it to b.json, read a.json and validate it against s.json');
    expect(tasks.map((task) => task.split(' ')[1])).toEqual([
      ...['file.read', 'file.read', 'data.validate', 'file.write'],
    ]);
  });

  it('says what of the words it does nothing with', () => {
    expect(plan('Read poem.txt and write a summary in French to s.txt').warnings).toEqual([
      ['words_unused', 'file.write does nothing with "french".'],
    ]);
  });

  it('asks a person where most words are more than the task type does', () => {
    expect(plan('Read the first 10 lines of a.txt').warnings).toEqual([
      ['left_to_person', 'A person does this: file.read does nothing with "10", "lines".'],
    ]);
  });

  it.each([
    ['where status is open', { status: 'open' }],
    ["where the city is 'New York'", { city: 'New York' }],
    ['whose age is 7', { age: 7 }],
    ['where status is not open', undefined],
    ['where age is above 7', undefined],
  ])('counts only rows %s, if that is plain', (condition, where) => {
    expect(aggregated(`Read a.csv and count the rows ${condition}`)?.['where']).toEqual(where);
  });

  it('says that only one of two figures is computed', () => {
    expect(plan('Count the rows of a.csv per city and the total amount').warnings).toEqual([
      ['words_unused', 'data.aggregate does nothing with "amount".'],
    ]);
  });

  it('sends JSON as it stands', () => {
    const { definition } = plan('PUT {"a": [1, "}"]} to http://127.0.0.1/x');
    expect(definition.tasks[0]?.parameters).toEqual({
      ...{ method: 'PUT', url: 'http://127.0.0.1/x', body: { a: [1, '}'] } },
    });
  });

  it('does the same with each of a row', () => {
    const { definition } = plan('Copy a.txt to b.txt and c.txt');
    expect(definition.tasks.slice(1).map(({ parameters }) => parameters['path'])).toEqual(['b.txt', 'c.txt']);
    const fetched = plan('Fetch http://127.0.0.1/a, http://127.0.0.1/b and save both to c.json').definition;
    expect(fetched.tasks.at(-1)?.parameters['content']).toHaveLength(2);
  });

  it('does side by side what is told to be', () => {
    expect(plan('In parallel: read a.txt, read b.txt. Then write both to d.txt').tasks).toEqual([
      'read-a-txt file.read',
      'read-b-txt file.read',
      'write-both-d-txt file.write read-a-txt read-b-txt',
    ]);
  });

  it('knows a task type by its id', () => {
    expect(plan('Use timer.wait for 5 seconds').definition.tasks).toMatchObject([
      { taskType: 'timer.wait', parameters: { seconds: 5 } },
    ]);
  });

  it('reads nothing that is to be written', () => {
    const { tasks } = plan('Read a.json, then write it to b.json', (name) =>
      ['file.read', 'human.task'].includes(name),
    );
    expect(tasks.map((task) => task.split(' ')[1])).toEqual(['file.read', 'human.task']);
  });
});
