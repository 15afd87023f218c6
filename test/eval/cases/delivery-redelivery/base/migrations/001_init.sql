create table accounts (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  created_at timestamptz not null default now()
);

create table shipments (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  reference text not null,
  status text not null default 'draft',
  recipient jsonb not null,
  weight_grams integer not null check (weight_grams > 0),
  carrier text,
  label_id text,
  tracking_number text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (account_id, reference)
);

create index shipments_account_created on shipments (account_id, created_at desc, id desc);

create table shipment_events (
  id bigint generated always as identity primary key,
  shipment_id uuid not null references shipments (id) on delete cascade,
  kind text not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now()
);
