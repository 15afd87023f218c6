-- +goose NO TRANSACTION
-- +goose Up
create index concurrently if not exists readings_received on readings (received_at);

-- +goose Down
drop index concurrently if exists readings_received;
