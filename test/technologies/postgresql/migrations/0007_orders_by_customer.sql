CREATE INDEX orders_customer_id ON orders (customer_id); -- ! medium index-without-concurrently

ALTER TABLE orders ALTER COLUMN total TYPE bigint; -- ! high column-type-change

ALTER TABLE orders ALTER COLUMN currency SET NOT NULL; -- ! medium not-null-scan

CREATE TABLE refunds (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL
);

CREATE INDEX refunds_order_id ON refunds (order_id);
