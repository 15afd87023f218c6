create table rate_cards (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  name text not null,
  active boolean not null default false,
  created_at timestamptz not null default now()
);

create unique index rate_cards_one_active on rate_cards (account_id) where active;

create table rate_card_lines (
  id bigint generated always as identity primary key,
  rate_card_id uuid not null references rate_cards (id) on delete cascade,
  country char(2) not null,
  max_grams integer not null,
  price_cents integer not null check (price_cents >= 0),
  unique (rate_card_id, country, max_grams)
);

create table webhook_endpoints (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  url text not null,
  secret text not null,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table webhook_deliveries (
  id bigint generated always as identity primary key,
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  event text not null,
  status integer,
  error text,
  response_excerpt text,
  created_at timestamptz not null default now()
);
