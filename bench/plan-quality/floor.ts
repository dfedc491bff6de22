import { stemmer } from 'stemmer';
import { Bm25 } from '../../src/planning/rules/domain/bm25.js';
import { wordsOf } from '../../src/planning/rules/domain/terms.js';
import type { PlanGraph, Tool } from './gold-files.js';

const STOP = new Set(
  (
    'a an the this that these those my your our their his her its i you we they he she it me us them of in on at to for from ' +
    'by with as into about over is are was were be been being am do does did have has had can could will would should may ' +
    'might must shall want need like please also some any all each there here what which who whom whose how when where why ' +
    'and or but if so not no just very really now up out more most much many got get let know'
  ).split(' '),
);

/** Kept as simple as it was: the floor moves with nothing. */
const termsOf = (text: string): string[] =>
  wordsOf(text)
    .filter((word) => !STOP.has(word) && (word.length > 1 || /\d/.test(word)))
    .map((word) => stemmer(word));

/** The naive planner nobody may fall below: a piece at every punctuation mark and "then", the best tool of each, chained. */
export class FloorPlanner {
  private readonly index: Bm25;

  constructor(private readonly tools: readonly Tool[]) {
    this.index = new Bm25(
      tools.map(({ name, description, parameters }) => [
        { terms: termsOf([name, description, ...parameters.map((one) => one.name)].join(' ')), weight: 1 },
      ]),
    );
  }

  plan(text: string): PlanGraph {
    const nodes: string[] = [];
    for (const piece of text.split(/[.,;:!?]|\bthen\b/i)) {
      const scores = this.index.score(new Map(termsOf(piece).map((term) => [term, 1])));
      const best = scores.reduce((top, score, index) => (score > (scores[top] as number) ? index : top), 0);
      const name = this.tools[best]?.name;
      if (name !== undefined && (scores[best] as number) > 0 && !nodes.includes(name)) nodes.push(name);
    }
    return { nodes, links: chain(nodes) };
  }
}

const chain = (nodes: readonly string[]): PlanGraph['links'] =>
  nodes.slice(1).map((target, index) => ({ source: nodes[index] as string, target }));
