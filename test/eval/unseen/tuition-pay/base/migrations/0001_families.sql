create table families (
  id uuid primary key,
  school_id uuid not null,
  balance_cents bigint not null default 0
);
