create table orders (
  id bigint generated always as identity primary key,
  owner text not null,
  total integer not null,
  state text not null default 'open'
);
