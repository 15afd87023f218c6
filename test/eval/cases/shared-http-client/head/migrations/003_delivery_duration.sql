alter table webhook_deliveries add column duration_ms integer;
