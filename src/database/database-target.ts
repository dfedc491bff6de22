/** Where the database is and how many connections this process may open for statements. */
export abstract class DatabaseTarget {
  abstract readonly url: string;
  abstract readonly poolSize: number;
}
