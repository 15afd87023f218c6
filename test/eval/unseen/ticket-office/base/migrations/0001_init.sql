create table events (
    id uuid primary key,
    title text not null,
    starts_at timestamptz not null,
    seat_cents bigint not null,
    on_sale boolean not null default false
);

create table seats (
    event_id uuid not null references events (id),
    code text not null,
    order_id uuid,
    primary key (event_id, code)
);
create index seats_order on seats (order_id) where order_id is not null;

create table vouchers (
    code text primary key,
    cents bigint not null check (cents > 0),
    valid_until timestamptz not null,
    order_id uuid,
    used_at timestamptz
);
create index vouchers_order on vouchers (order_id) where order_id is not null;

create table orders (
    id uuid primary key,
    buyer_id uuid not null,
    event_id uuid not null references events (id),
    seat_count integer not null,
    total_cents bigint not null check (total_cents >= 0),
    state text not null default 'unpaid' check (state in ('unpaid', 'paid', 'expired')),
    created_at timestamptz not null default now()
);
create index orders_unpaid on orders (created_at) where state = 'unpaid';
