create table returns (
  id uuid primary key default gen_random_uuid(),
  shipment_id uuid not null references shipments (id) on delete cascade,
  item_reference text not null,
  reason text not null,
  opened_at timestamptz not null default now(),
  closed_at timestamptz
);

create unique index returns_one_open_per_item on returns (shipment_id, item_reference) where closed_at is null;
create index returns_of_shipment on returns (shipment_id, opened_at desc, id);
