const K1 = 1.2;
const B = 0.75;
/** Few documents say nothing of how common a word is: so many are taken for granted. */
const LEAST_DOCUMENTS = 10;

/** A document of weighted fields: terms of each, as often as they occur. */
export interface WeightedField {
  readonly terms: readonly string[];
  readonly weight: number;
}

/** Ranks documents for terms by BM25F (Zaragoza et al. 2004): fields add up to one weighted frequency before it saturates. */
export class Bm25 {
  /** By term: the frequency in each document that has it. */
  private readonly postings = new Map<string, Map<number, number>>();
  private readonly count: number;

  /** `extras`: frequencies that are added to those of a document as they are. */
  constructor(
    documents: readonly (readonly WeightedField[])[],
    extras: readonly (ReadonlyMap<string, number> | undefined)[] = [],
  ) {
    this.count = documents.length;
    const fields = Math.max(0, ...documents.map((document) => document.length));
    const averages = Array.from({ length: fields }, (_, field) => {
      const lengths = documents.map((document) => document[field]?.terms.length ?? 0);
      return lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length) || 1;
    });
    for (const [index, document] of documents.entries()) {
      for (const [field, { terms, weight }] of document.entries()) {
        const norm = 1 - B + (B * terms.length) / (averages[field] as number);
        for (const term of terms) this.add(index, term, weight / norm);
      }
      for (const [term, frequency] of extras[index] ?? []) this.add(index, term, frequency);
    }
  }

  /** How telling a term is: 0 where no document has it. */
  idf(term: string): number {
    const having = this.postings.get(term)?.size;
    return having === undefined ? 0 : this.idfOf(having);
  }

  /** How telling a term is that one document alone has. */
  get highestIdf(): number {
    return this.idfOf(1);
  }

  has(document: number, term: string): boolean {
    return this.postings.get(term)?.has(document) === true;
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

  /** What a term of weight 1 adds to the score of a document. */
  share(document: number, term: string): number {
    const frequency = this.postings.get(term)?.get(document) ?? 0;
    return (this.idf(term) * frequency) / (K1 + frequency);
  }

  private idfOf(having: number): number {
    return Math.log(1 + (Math.max(this.count, LEAST_DOCUMENTS) - having + 0.5) / (having + 0.5));
  }

  private add(document: number, term: string, frequency: number): void {
    const having = this.postings.get(term) ?? new Map<number, number>();
    having.set(document, (having.get(document) ?? 0) + frequency);
    this.postings.set(term, having);
  }
}
