-- +goose Up
create table orgs (
    id bigint generated always as identity primary key,
    name text not null,
    token_hash bytea not null unique
);

create table sites (
    id bigint generated always as identity primary key,
    org_id bigint not null references orgs (id),
    name text not null
);

create table readings (
    site_id bigint not null references sites (id),
    meter text not null,
    at timestamptz not null,
    kwh double precision not null,
    firmware text,
    received_at timestamptz not null default now(),
    primary key (site_id, meter, at)
);
create index readings_site on readings (site_id);

-- +goose Down
drop table readings;
drop table sites;
drop table orgs;
