create table articles (
  sku text primary key,
  name text not null,
  product_group text not null
);

create table price_tiers (
  sku text not null references articles (sku),
  region text not null,
  currency text not null,
  min_quantity integer not null,
  unit_cents integer not null,
  primary key (sku, region, currency, min_quantity)
);

create table rebates (
  account_id text not null,
  product_group text not null,
  basis_points integer not null check (basis_points between 0 and 9000),
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  primary key (account_id, product_group, valid_from)
);

create table quotes (
  id uuid primary key default gen_random_uuid(),
  account_id text not null,
  created_by text not null,
  lines jsonb not null,
  valid_until timestamptz not null
);
