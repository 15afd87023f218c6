import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('provider_events', (table) => {
    table.text('event_id').primary();
    table.text('type').notNullable();
    table.timestamp('received_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.schema.createTable('topups', (table) => {
    table.text('provider_id').primary();
    table.uuid('wallet_id').notNullable().references('wallets.id');
    table.integer('amount_cents').notNullable();
    table.text('status').notNullable().defaultTo('pending');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('topups').dropTable('provider_events');
}
