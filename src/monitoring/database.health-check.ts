import { Injectable } from '@nestjs/common';
import { type Health, HealthCheck, HealthCheckContribution } from '../common/health-check.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** A real transaction: an answer to a bare query says nothing of a pool whose connections are all lost. */
@Injectable()
@HealthCheckContribution({ name: 'database' })
export class DatabaseHealthCheck extends HealthCheck {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async check(): Promise<Health> {
    await this.unitOfWork.transactional(() => this.unitOfWork.query({ text: 'select 1', values: [] }));
    return { healthy: true };
  }
}
