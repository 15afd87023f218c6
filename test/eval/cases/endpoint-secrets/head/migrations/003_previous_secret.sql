alter table webhook_endpoints add column previous_secret text;
alter table webhook_endpoints add column previous_until timestamptz;
