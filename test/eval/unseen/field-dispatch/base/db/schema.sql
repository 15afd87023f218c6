create table organisations (
  id bigint generated always as identity primary key,
  name text not null,
  time_zone text not null default 'Europe/Vienna'
);

create table technicians (
  id bigint generated always as identity primary key,
  org_id bigint not null references organisations (id),
  name text not null,
  phone text not null,
  active boolean not null default true
);

create table work_orders (
  id bigint generated always as identity primary key,
  org_id bigint not null references organisations (id),
  technician_id bigint references technicians (id),
  status text not null check (status in ('open', 'scheduled', 'done', 'cancelled')),
  customer_name text not null,
  address text not null,
  access_note text,
  window_start timestamptz,
  window_end timestamptz,
  created_at timestamptz not null default now()
);

create index work_orders_org_status on work_orders (org_id, status);
create index work_orders_due on work_orders (window_start) where status = 'scheduled';
