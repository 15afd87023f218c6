create table endpoints (
    id uuid primary key,
    customer_id uuid not null,
    url text not null,
    sealed_secret bytea not null,
    enabled boolean not null default true,
    created_at timestamptz not null default now()
);
create index endpoints_customer on endpoints (customer_id);

create table deliveries (
    id bigint generated always as identity primary key,
    endpoint_id uuid not null references endpoints (id) on delete cascade,
    event_id uuid not null,
    body bytea not null,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    status integer,
    answer text,
    done_at timestamptz,
    unique (endpoint_id, event_id)
);
create index deliveries_due on deliveries (next_attempt_at) where done_at is null;
