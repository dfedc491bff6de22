/**
 * Watches every write from now on: what no later state can show (a terminal row that changed, a counter or an epoch
 * that went back, a write of somebody who is not the owner, a park past a signal) is recorded in `broken_rules`; every
 * move of a run or a task goes to `history`. A writer is known by `tandem.writer` of its connection: its process id.
 */
export const WATCH = `
create table if not exists broken_rules (rule text not null, detail text not null, at timestamptz not null default clock_timestamp());

-- Rows of one task or run are numbered in the order of their commits: its row lock is held when they are written.
create table if not exists history (
  number bigint generated always as identity primary key, at timestamptz not null default clock_timestamp(),
  run_id uuid not null, task_id uuid, status text not null, attempt integer, failed_attempts integer, effect text,
  source text, epoch bigint, owner_id uuid, writer text);
create index if not exists history_run on history (run_id);

create or replace function watch_task() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or (new.status, new.attempt) is distinct from (old.status, old.attempt) then
    insert into history (run_id, task_id, status, attempt, failed_attempts, effect, source, writer)
    values (new.run_id, new.id, new.status, new.attempt, new.failed_attempts, new.effect, new.source, current_setting('tandem.writer', true));
  end if;
  if tg_op = 'INSERT' then return null; end if;
  if old.finished_at is not null and new is distinct from old then
    insert into broken_rules values ('I3', format('task %s of run %s was %s and became %s', old.task_id, old.run_id, old.status, new.status));
  end if;
  if new.attempt < old.attempt then
    insert into broken_rules values ('I6', format('task %s of run %s went from attempt %s to %s', old.task_id, old.run_id, old.attempt, new.attempt));
  end if;
  if new.status = 'running' and old.status <> 'running'
      and exists (select from agents where id = new.agent_id and max_concurrent_tasks is not null)
      and not exists (select from agent_permits p where p.task_id = new.id and p.agent_id = new.agent_id and p.granted_at is not null) then
    insert into broken_rules values ('limit', format('task %s of run %s runs without a permit of agent %s', new.task_id, new.run_id, new.agent_id));
  end if;
  -- A checkpoint writes its run row, where the epoch is compared, in the transaction that writes its tasks.
  if not exists (select from runs where id = new.run_id and xmin::text = (pg_current_xact_id()::xid)::text) then
    insert into broken_rules values ('I6', format('task %s of run %s was written without its run', old.task_id, old.run_id));
  end if;
  return null;
end $$;

create or replace function watch_run() returns trigger language plpgsql as $$
declare
  writer text := coalesce(current_setting('tandem.writer', true), '');
begin
  if tg_op = 'INSERT' or (new.status, new.epoch, new.owner_id) is distinct from (old.status, old.epoch, old.owner_id) then
    insert into history (run_id, status, epoch, owner_id, writer) values (new.id, new.status, new.epoch, new.owner_id, writer);
  end if;
  if tg_op = 'INSERT' then return null; end if;
  if old.finished_at is not null and (new.status, new.reason, new.output, new.event_count, new.finished_at)
      is distinct from (old.status, old.reason, old.output, old.event_count, old.finished_at) then
    insert into broken_rules values ('I2', format('run %s was %s and became %s', old.id, old.status, new.status));
  end if;
  if new.epoch < old.epoch or new.event_count < old.event_count then
    insert into broken_rules values ('I6', format('run %s went back: epoch %s to %s, events %s to %s', old.id, old.epoch, new.epoch, old.event_count, new.event_count));
  end if;
  if writer <> '' and new.event_count <> old.event_count and (old.owner_id is null
      or exists (select from processes p where p.id = old.owner_id and p.pid::text <> writer)) then
    insert into broken_rules values ('I6', format('run %s of owner %s was written by process %s', old.id, old.owner_id, writer));
  end if;
  -- The insert of a signal and a park lock this row: all that were committed before are seen here.
  if new.event_count = old.event_count + 1 and new.owner_id is null and old.owner_id is not null and new.finished_at is null
      and exists (select from run_signals s where s.run_id = new.id and s.applied_at is null) then
    insert into broken_rules values ('I11', format('run %s parked past a signal', new.id));
  end if;
  return null;
end $$;

create or replace function watch_event() returns trigger language plpgsql as $$
begin
  insert into broken_rules values ('I5', format('event %s of run %s was changed or deleted', old.sequence, old.run_id));
  return null;
end $$;

create or replace function watch_permit() returns trigger language plpgsql as $$
declare
  held integer := (select count(*) from agent_permits where agent_id = new.agent_id and granted_at is not null);
  most integer := (select max_concurrent_tasks from agents where id = new.agent_id);
begin
  if new.granted_at is not null and held > most then
    insert into broken_rules values ('limit', format('agent %s executes %s tasks, may %s', new.agent_id, held, most));
  end if;
  return null;
end $$;

create or replace trigger watch_permit after insert or update on agent_permits for each row execute function watch_permit();
create or replace trigger watch_task after insert or update on tasks for each row execute function watch_task();
create or replace trigger watch_run after insert or update on runs for each row execute function watch_run();
create or replace trigger watch_event after update or delete on run_events for each row execute function watch_event();
`;
