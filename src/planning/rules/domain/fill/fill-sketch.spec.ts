import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_TYPES } from '../../../../../test/support/built-in-types.js';
import { validateDefinition } from '../../../../workflows/domain/validate-definition.js';
import { toCatalogueEntry } from '../../../domain/to-catalogue-entry.js';
import type { SketchStep } from '../sketch.js';
import { fillSketch } from './fill-sketch.js';

const CATALOGUE = BUILT_IN_TYPES.map(toCatalogueEntry);

/** Steps one after the other. */
const chain = (...steps: readonly (readonly [clause: string, taskType: string | null])[]): SketchStep[] =>
  steps.map(([clause, taskType], index) => step(clause, taskType, index === 0 ? [] : [index - 1]));

const step = (
  clause: string,
  taskType: string | null,
  after: readonly number[] = [],
  condition: SketchStep['condition'] = null,
): SketchStep => ({ clause, taskType, candidates: [], literals: [], isInserted: false, after, condition });

function fill(steps: readonly SketchStep[], catalogue = CATALOGUE) {
  const filled = fillSketch({ steps }, catalogue);
  const { issues } = validateDefinition(filled.definition, {
    findTaskType: (name) => BUILT_IN_TYPES.find((type) => type.name === name),
  });
  return { ...filled, issues };
}

/** `taskId: taskType(parameters) <- dependencies`. */
const shown = (steps: readonly SketchStep[]): string[] => {
  const { definition, issues } = fill(steps);
  expect(issues).toEqual([]);
  return definition.tasks.map(
    ({ taskId, taskType, parameters, dependencies, when }) =>
      `${taskId}: ${taskType}(${JSON.stringify(parameters)}) <- ${dependencies.join(' ')}${when === undefined ? '' : ` when ${JSON.stringify(when)}`}`,
  );
};

describe('fillSketch', () => {
  it('reads a file by its ending, counts by the words, writes the groups', () => {
    expect(
      shown(
        chain(
          ['Read package-lock.json', 'file.read'],
          ['count the packages per licence', 'data.aggregate'],
          ['write the result to counts.json', 'file.write'],
        ),
      ),
    ).toEqual([
      'read-package-lock-json: file.read({"parse":"json","path":"package-lock.json"}) <- ',
      'count-packages-licence: data.aggregate({"operation":"count","from":"packages","by":"licence","input":"{{ tasks.read-package-lock-json.result.content }}"}) <- read-package-lock-json',
      'write-result-counts-json: file.write({"format":"json","path":"counts.json","content":"{{ tasks.count-packages-licence.result.groups }}"}) <- count-packages-licence',
    ]);
  });

  it('lists what was made before in a report', () => {
    expect(
      shown(
        chain(
          ['Read package-lock.json', 'file.read'],
          ['count the packages per licence', 'data.aggregate'],
          ['render a report that lists them', 'text.render'],
          ['write it to report.md', 'file.write'],
        ),
      ).slice(2),
    ).toEqual([
      expect.stringMatching(
        /^render-report-lists: text\.render\(\{"data":\{"items":"\{\{ tasks\.count-packages-licence\.result\.groups \}\}"\},"template":/,
      ),
      'write-report-md: file.write({"path":"report.md","content":"{{ tasks.render-report-lists.result.text }}"}) <- render-report-lists',
    ]);
  });

  it('gets the file behind a parameter, passes data on through a check, takes the member that is named', () => {
    expect(
      shown(
        chain(
          ['Fetch http://127.0.0.1:9/items.json', 'http.request'],
          ['validate it against items.schema.json', 'data.validate'],
          ['save the items to items.csv', 'file.write'],
        ),
      ),
    ).toEqual([]);
  });
});
