create table ledger_entries (
  id bigint generated always as identity primary key,
  family_id uuid not null references families (id),
  kind text not null check (kind in ('payment', 'fee', 'refund', 'chargeback')),
  amount_cents bigint not null,
  provider_ref text not null,
  booked_at timestamptz not null
);

create index ledger_entries_family on ledger_entries (family_id, booked_at);
create index ledger_entries_ref on ledger_entries (provider_ref);
