create table webhook_receipts (
  receipt_key text primary key,
  api_version smallint not null,
  received_at timestamptz not null default now()
);
