import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type IdempotentRequest, keyInFlight, keyReused, type StoredAnswer } from './idempotency.js';
import { findAnswer, keepAnswer, purgeSome, takeScope } from './idempotency.sql.js';

interface AnswerRow {
  readonly body_hash: string;
  readonly status: number;
  /** JSON text, like the body. */
  readonly headers: string;
  readonly body: string;
}

const toAnswer = ({ status, headers, body }: AnswerRow): StoredAnswer => ({
  status,
  headers: JSON.parse(headers) as StoredAnswer['headers'],
  body: JSON.parse(body) as unknown,
});

/** Two, so that the purge keeps up with one insert each. */
const PURGED_PER_INSERT = 2;

/** Answers kept under idempotency keys, in the transaction of the effect they acknowledge. */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * The kept answer of a request, or that of `work`, kept from now on. Claim, work and answer are one transaction: what
   * fails keeps nothing. Fails as `idempotency_in_flight` while the same request is being handled, and as
   * `idempotency_key_reused` when the key came with another body.
   */
  once(
    request: IdempotentRequest,
    work: () => Promise<StoredAnswer>,
  ): Promise<{ readonly answer: StoredAnswer; readonly replayed: boolean }> {
    return this.unitOfWork.transactional(async () => {
      const [lock] = await this.unitOfWork.query<{ taken: boolean }>(takeScope(request.scope));
      if (!lock?.taken) throw keyInFlight();
      const [kept] = await this.unitOfWork.query<AnswerRow>(findAnswer(request.scope));
      if (kept !== undefined) {
        if (kept.body_hash !== request.bodyHash) throw keyReused();
        return { answer: toAnswer(kept), replayed: true };
      }
      const answer = await work();
      await this.unitOfWork.query(keepAnswer(request, answer));
      await this.unitOfWork.query(purgeSome(PURGED_PER_INSERT));
      return { answer, replayed: false };
    });
  }
}
