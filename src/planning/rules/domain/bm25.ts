const K1 = 1.2;
const B = 0.75;

/** A document of weighted fields: terms of each, as often as they occur. */
export interface WeightedField {
  readonly terms: readonly string[];
  readonly weight: number;
}

/** Ranks documents for terms by BM25F (Zaragoza et al. 2004): fields add up to one weighted frequency before it saturates. */
export class Bm25 {
  private readonly postings = new Map<string, (readonly [document: number, frequency: number])[]>();
  private readonly count: number;

  constructor(documents: readonly (readonly WeightedField[])[]) {
    this.count = documents.length;
    const fields = Math.max(0, ...documents.map((document) => document.length));
    const averages = Array.from({ length: fields }, (_, field) => {
      const lengths = documents.map((document) => document[field]?.terms.length ?? 0);
      return lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length) || 1;
    });
    for (const [index, document] of documents.entries()) {
      const frequencies = new Map<string, number>();
      for (const [field, { terms, weight }] of document.entries()) {
        const norm = 1 - B + (B * terms.length) / (averages[field] as number);
        for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + weight / norm);
      }
      for (const [term, frequency] of frequencies) {
        const list = this.postings.get(term) ?? [];
        list.push([index, frequency]);
        this.postings.set(term, list);
      }
    }
  }

  /** How telling a term is: 0 where no document has it. */
  idf(term: string): number {
    const list = this.postings.get(term);
    return list === undefined ? 0 : Math.log(1 + (this.count - list.length + 0.5) / (list.length + 0.5));
  }

  /** Scores of all documents; `weights`: how much each term of the query counts. */
  score(weights: ReadonlyMap<string, number>): Float64Array {
    const scores = new Float64Array(this.count);
    for (const [term, weight] of weights) {
      const idf = this.idf(term);
      for (const [document, frequency] of this.postings.get(term) ?? [])
        scores[document] = (scores[document] as number) + (weight * idf * frequency) / (K1 + frequency);
    }
    return scores;
  }

  /** What each term adds to the score of one document. */
  shares(weights: ReadonlyMap<string, number>, document: number): ReadonlyMap<string, number> {
    const shares = new Map<string, number>();
    for (const [term, weight] of weights) {
      const found = this.postings.get(term)?.find(([index]) => index === document);
      if (found === undefined) continue;
      shares.set(term, (weight * this.idf(term) * found[1]) / (K1 + found[1]));
    }
    return shares;
  }
}
