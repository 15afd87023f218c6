create table farmers (
    id bigint generated always as identity primary key,
    name text not null,
    iban text not null
);

create table payouts (
    id uuid primary key default gen_random_uuid(),
    farmer_id bigint not null references farmers (id),
    cents bigint not null check (cents > 0),
    purpose text not null,
    state text not null default 'approved' check (state in ('approved', 'sending', 'sent', 'failed')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    transfer_id text,
    reason text,
    approved_at timestamptz not null default now()
);

create index payouts_due on payouts (next_attempt_at) where state in ('approved', 'sending');
