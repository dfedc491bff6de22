import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type IdempotentRequest, keyInFlight, keyReused, type StoredAnswer } from './idempotency.js';
import { claimScope, dropClaim, findAnswer, keepAnswer, purgeSome, takeScope } from './idempotency.sql.js';

interface AnswerRow {
  readonly body_hash: string;
  readonly status: number;
  /** JSON text, like the body. */
  readonly headers: string;
  readonly body: string;
  /** There is no answer yet: the request is being handled. */
  readonly is_claimed: boolean;
}

const toAnswer = ({ status, headers, body }: AnswerRow): StoredAnswer => ({
  status,
  headers: JSON.parse(headers) as StoredAnswer['headers'],
  body: JSON.parse(body) as unknown,
});

/** Two, so that the purge keeps up with one insert each. */
const PURGED_PER_INSERT = 2;

/** Longer than any work that leaves the process; what dies in between may be asked for again after it. */
const CLAIM_MARGIN_SECONDS = 60;

export interface KeptAnswer {
  readonly answer: StoredAnswer;
  readonly replayed: boolean;
}

/** Answers kept under idempotency keys, in the transaction of the effect they acknowledge. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
  ) {}

  /**
   * The kept answer of a request, or that of `work`, kept from now on. Claim, work and answer are one transaction: what
   * fails keeps nothing. Fails as `idempotency_in_flight` while the same request is being handled, and as
   * `idempotency_key_reused` when the key came with another body.
   */
  once(request: IdempotentRequest, work: () => Promise<StoredAnswer>): Promise<KeptAnswer> {
    return this.unitOfWork.transactional(async () => {
      const kept = await this.find(request);
      if (kept !== null) return kept;
      const answer = await work();
      await this.keep(request, answer);
      return { answer, replayed: false };
    });
  }

  /**
   * The same with three transactions: claim, work, answer. A claim whose process died runs out, and the work is done
   * again. The answers of failures are not kept either.
   */
  async onceClaimed(request: IdempotentRequest, work: () => Promise<StoredAnswer>): Promise<KeptAnswer> {
    const leaseSeconds = this.config.llm.timeoutSeconds + CLAIM_MARGIN_SECONDS;
    const kept = await this.unitOfWork.transactional(async () => {
      const found = await this.find(request);
      if (found === null) await this.unitOfWork.query(claimScope(request, leaseSeconds));
      return found;
    });
    if (kept !== null) return kept;
    try {
      const answer = await work();
      await this.unitOfWork.transactional(() => this.keep(request, answer));
      return { answer, replayed: false };
    } catch (error) {
      // A claim that cannot be dropped runs out.
      await this.unitOfWork.query(dropClaim(request.scope)).catch(() => undefined);
      throw error;
    }
  }

  private async find({ scope, bodyHash }: IdempotentRequest): Promise<KeptAnswer | null> {
    const [lock] = await this.unitOfWork.query<{ taken: boolean }>(takeScope(scope));
    if (!lock?.taken) throw keyInFlight();
    const [kept] = await this.unitOfWork.query<AnswerRow>(findAnswer(scope));
    if (kept === undefined) return null;
    if (kept.body_hash !== bodyHash) throw keyReused();
    if (kept.is_claimed) throw keyInFlight();
    return { answer: toAnswer(kept), replayed: true };
  }

  private async keep(request: IdempotentRequest, answer: StoredAnswer): Promise<void> {
    await this.unitOfWork.query(keepAnswer(request, answer));
    await this.unitOfWork.query(purgeSome(PURGED_PER_INSERT));
  }
}
