-- +goose NO TRANSACTION
-- +goose Up
drop index concurrently if exists readings_site;

-- +goose Down
create index concurrently if not exists readings_site on readings (site_id);
