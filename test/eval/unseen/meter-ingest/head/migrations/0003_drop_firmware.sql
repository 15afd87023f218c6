-- +goose Up
set local lock_timeout = '3s';
alter table readings drop column if exists firmware;

-- +goose Down
alter table readings add column if not exists firmware text;
