import { TransactionContext } from '@mikro-orm/core';
import { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CompiledQuery } from 'kysely';

/** One hand-written statement with `$1 …` parameters; lives in a `*.sql.ts` file. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The part of Kysely that other libraries (pg-boss) run their statements on, inside our transaction. */
export type QueryExecutor = ReturnType<EntityManager['getKysely']>;

/** The only way to the database: the ambient transaction where there is one, else a fresh entity manager. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly orm: MikroORM) {}

  /** Entity manager of the open transaction, else a fork that shares nothing with other units of work. */
  get em(): EntityManager {
    return (TransactionContext.getEntityManager() as EntityManager | undefined) ?? this.orm.em.fork();
  }

  /** Runs `work` in one transaction; inside an open one it joins it. Never call handlers or models in it. */
  transactional<T>(work: () => Promise<T>): Promise<T> {
    if (TransactionContext.getEntityManager() !== undefined) return work();
    return this.orm.em.fork().transactional(() => work());
  }

  /** Rows of one statement. Timestamps come as text, bigints as strings: map them at the edge. */
  async query<Row>(statement: Statement): Promise<Row[]> {
    const compiled = CompiledQuery.raw(statement.text, [...statement.values]);
    const { rows } = await this.em.getKysely().executeQuery(compiled);
    return rows as Row[];
  }

  get executor(): QueryExecutor {
    return this.em.getKysely();
  }
}
