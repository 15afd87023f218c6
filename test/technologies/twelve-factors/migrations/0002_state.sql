-- +goose Up
alter table items add column state text not null; -- ! high required-column-without-default
create index concurrently items_state on items (state); -- ! high concurrent-index-in-transaction
