create table order_events (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  kind text not null
);
create index order_events_order_idx on order_events (order_id);
create index orders_owner_idx on orders (owner);
alter table orders add column currency text not null;
