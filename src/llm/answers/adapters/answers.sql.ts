import type { Statement } from '../../../database/unit-of-work.js';
import type { AnswerCount } from '../answer-counts-store.port.js';

/** By llm_answers_hour, in the order of that index: processes that count the same meet in the same order. */
export const addAnswers = (counts: readonly AnswerCount[]): Statement => ({
  text: `
insert into llm_answers as a (hour, function_name, agent_id, workflow_id, source, reason, answers)
select * from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[])
order by 1, 2, 3, 4, 5, 6
on conflict (hour, function_name, agent_id, workflow_id, source, reason)
  do update set answers = a.answers + excluded.answers`,
  values: [
    counts.map(({ hour }) => hour.toISOString()),
    counts.map(({ functionName }) => functionName),
    counts.map(({ agentId }) => agentId),
    counts.map(({ workflowId }) => workflowId),
    counts.map(({ source }) => source),
    counts.map(({ reason }) => reason),
    counts.map(({ answers }) => answers),
  ],
});

/** The oldest by llm_answers_hour; the table has no primary key, and nobody writes to hours that are long over. */
export const deleteAnswers = (before: Date, limit: number): Statement => ({
  text: `
with old as (
  select ctid from llm_answers where hour < $1 order by hour limit $2 for update skip locked
), gone as (delete from llm_answers a using old where a.ctid = old.ctid returning a.hour)
select count(*)::integer as count from gone`,
  values: [before.toISOString(), limit],
});
