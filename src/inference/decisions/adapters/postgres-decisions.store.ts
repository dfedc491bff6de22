import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { type DecisionRecord, DecisionsStore } from '../decisions.store.port.js';
import { type DecisionRow, findDecision, findDecisionByKey, insertDecision } from './decisions.sql.js';

/** What is stored was a record once. */
function toRecord(row: DecisionRow): DecisionRecord {
  const { options, criteria } = row.question as Pick<DecisionRecord, 'options' | 'criteria'>;
  return {
    ...{ id: row.id, agentId: row.agent_id, workflowId: row.workflow_id, runId: row.run_id },
    ...{ taskId: row.task_id, options, criteria, chosen: row.chosen, reason: row.reason },
    scores: row.scores as DecisionRecord['scores'],
    source: row.source as DecisionRecord['source'],
    twinChoice: row.twin_choice,
    checks: row.checks as DecisionRecord['checks'],
    interactionId: row.interaction_id,
    costNanoUsd: BigInt(row.cost_nano),
    createdAt: new Date(row.created_at),
  };
}

@Injectable()
export class PostgresDecisionsStore extends DecisionsStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async insert(record: DecisionRecord, key: string | null): Promise<DecisionRecord> {
    const { options, criteria } = record;
    const rows = await this.work.query(
      insertDecision([
        ...[record.id, record.agentId, record.workflowId, record.runId, record.taskId],
        ...[JSON.stringify({ options, criteria }), record.chosen, JSON.stringify(record.scores)],
        ...[record.source, record.reason, record.twinChoice, JSON.stringify(record.checks)],
        ...[record.interactionId, record.costNanoUsd.toString(), record.createdAt, key],
      ]),
    );
    if (rows.length > 0 || key === null) return record;
    return (await this.findByKey(key)) ?? record;
  }

  override async find(id: string): Promise<DecisionRecord | null> {
    const [row] = await this.work.query<DecisionRow>(findDecision(id));
    return row === undefined ? null : toRecord(row);
  }

  override async findByKey(key: string): Promise<DecisionRecord | null> {
    const [row] = await this.work.query<DecisionRow>(findDecisionByKey(key));
    return row === undefined ? null : toRecord(row);
  }
}
