type Plain = string | number | boolean | null;

/**
 * Rows as one PostgreSQL array literal per column, added cell by cell in the order of columns. PostgreSQL reads such
 * arrays in half the time it takes for the same rows as JSON.
 */
export class ArrayColumns {
  private readonly columns: string[];
  private next = 0;

  constructor(private readonly count: number) {
    this.columns = Array.from({ length: count }, () => '');
  }

  /** A value without quotes, backslashes, commas, braces or spaces: an identifier, a number, a flag. */
  plain(value: Plain): this {
    return this.add(value === null ? 'NULL' : String(value));
  }

  text(value: string | null): this {
    if (value === null) return this.add('NULL');
    const isSafe = !value.includes('"') && !value.includes('\\');
    return this.add(`"${isSafe ? value : value.replace(/["\\]/g, '\\$&')}"`);
  }

  json(value: unknown): this {
    return this.text(value === null ? null : JSON.stringify(value));
  }

  get literals(): readonly string[] {
    return this.columns.map((column) => `{${column}}`);
  }

  private add(literal: string): this {
    const { next } = this;
    const column = this.columns[next] as string;
    this.columns[next] = column === '' ? literal : `${column},${literal}`;
    this.next = next + 1 === this.count ? 0 : next + 1;
    return this;
  }
}
