alter table rate_cards add column archived_at timestamptz;

create table rate_card_changes (
  id bigint generated always as identity primary key,
  rate_card_id uuid not null references rate_cards (id) on delete cascade,
  kind text not null,
  user_id text not null,
  created_at timestamptz not null default now()
);

create index rate_card_changes_card on rate_card_changes (rate_card_id, id desc);
