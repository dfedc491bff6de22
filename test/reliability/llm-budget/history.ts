/**
 * Writes the history of every change of money: in `budget_history` what a budget became, in `call_history` what the
 * rows of the calls say it should have become. The row of a budget is locked while it is changed, so that the history
 * of one scope is numbered in the order of its commits; what is rolled back leaves none.
 */
export const RECORD_MONEY = `
create table if not exists budget_history (
  number bigint generated always as identity primary key, txid xid8 not null default pg_current_xact_id(),
  scope text not null, limit_nano bigint, old_spent bigint not null, spent bigint not null, old_reserved bigint not null,
  reserved bigint not null, old_base bigint not null, base bigint not null, overrun bigint not null, is_closed boolean not null);
create table if not exists call_history (
  txid xid8 not null default pg_current_xact_id(), scope text not null, spent bigint not null, reserved bigint not null);

create or replace function record_budget() returns trigger language plpgsql as $$
declare
  before budgets := case when tg_op = 'UPDATE' then old end;
begin
  insert into budget_history (scope, limit_nano, old_spent, spent, old_reserved, reserved, old_base, base, overrun, is_closed)
  values (new.scope, new.limit_nano, coalesce(before.spent_nano, 0), new.spent_nano, coalesce(before.reserved_nano, 0),
    new.reserved_nano, coalesce(before.period_base_nano, 0), new.period_base_nano, new.overrun_nano, new.closed_at is not null);
  return null;
end $$;

create or replace function record_call() returns trigger language plpgsql as $$
declare
  before llm_interactions := case when tg_op = 'UPDATE' then old end;
  held bigint := case when new.settled_at is null then new.bound_nano else 0 end;
  held_before bigint := case when tg_op = 'UPDATE' and before.settled_at is null then before.bound_nano else 0 end;
begin
  insert into call_history (scope, spent, reserved)
  select s, new.cost_nano - coalesce(before.cost_nano, 0), held - held_before from unnest(new.scopes) s;
  return null;
end $$;

create or replace trigger record_budget after insert or update on budgets for each row execute function record_budget();
create or replace trigger record_call after insert or update on llm_interactions for each row execute function record_call();
`;

/** An empty ledger; agents stay. */
export const FORGET_MONEY = `
delete from llm_interactions;
delete from budgets;
insert into budgets (scope) values ('total');
update agents set llm_calls_count = 0, llm_cost_spent = 0;
truncate budget_history, call_history`;
