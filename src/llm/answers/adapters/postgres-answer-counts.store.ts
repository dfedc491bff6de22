import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { type AnswerCount, AnswerCountsStore } from '../answer-counts-store.port.js';
import { addAnswers, deleteAnswers } from './answers.sql.js';

@Injectable()
export class PostgresAnswerCountsStore extends AnswerCountsStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async add(counts: readonly AnswerCount[]): Promise<void> {
    if (counts.length > 0) await this.work.query(addAnswers(counts));
  }

  override async deleteSome(before: Date, limit: number): Promise<number> {
    const [deleted] = await this.work.query<{ count: number }>(deleteAnswers(before, limit));
    return deleted?.count ?? 0;
  }
}
