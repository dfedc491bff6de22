import type { Settings } from './settings.js';

/** Terms of a text with what each counts. */
export type WeightedTerms = readonly (readonly [term: string, weight: number])[];

interface Posting {
  readonly idf: number;
  readonly documents: Int32Array;
  /** What a term of weight 1 adds to the score of each document. */
  readonly shares: Float64Array;
}

function countsOf(terms: WeightedTerms): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [term, weight] of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
  return counts;
}

const idfOf = (having: number, all: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

const sumOf = (terms: WeightedTerms): number => terms.reduce((sum, [, weight]) => sum + weight, 0);

/** Texts to be ranked for terms by BM25 (Robertson et al. 1994), as flat lists: thousands are scored within a millisecond. */
export class RequestIndex {
  private readonly postings = new Map<string, Posting>();
  private readonly size: number;

  constructor(
    documents: readonly WeightedTerms[],
    private readonly settings: Pick<Settings, 'saturation' | 'lengthNorm'>,
  ) {
    this.size = documents.length;
    const average = documents.reduce((sum, one) => sum + sumOf(one), 0) / Math.max(1, this.size) || 1;
    const having = new Map<string, { readonly at: number; readonly frequency: number }[]>();
    for (const [at, document] of documents.entries()) {
      const norm = 1 - settings.lengthNorm + (settings.lengthNorm * sumOf(document)) / average;
      for (const [term, count] of countsOf(document)) {
        const list = having.get(term) ?? [];
        list.push({ at, frequency: count / norm });
        having.set(term, list);
      }
    }
    for (const [term, list] of having) {
      const idf = idfOf(list.length, this.size);
      this.postings.set(term, {
        idf,
        documents: Int32Array.from(list, ({ at }) => at),
        shares: Float64Array.from(
          list,
          ({ frequency }) => (idf * frequency) / (settings.saturation + frequency),
        ),
      });
    }
  }

  /** Of every document. */
  score(query: WeightedTerms): Float64Array {
    const scores = new Float64Array(this.size);
    for (const [term, weight] of countsOf(query)) {
      const posting = this.postings.get(term);
      if (posting === undefined) continue;
      const { documents, shares } = posting;
      for (let at = 0; at < documents.length; at += 1) {
        const document = documents[at] as number;
        scores[document] = (scores[document] as number) + weight * (shares[at] as number);
      }
    }
    return scores;
  }

  /** The score of a document of average length with all these terms; terms nobody used count most. */
  most(query: WeightedTerms): number {
    const { saturation } = this.settings;
    return [...countsOf(query)].reduce((sum, [term, weight]) => {
      const idf = this.postings.get(term)?.idf ?? idfOf(0, this.size);
      return sum + (weight * idf * weight) / (saturation + weight);
    }, 0);
  }
}
