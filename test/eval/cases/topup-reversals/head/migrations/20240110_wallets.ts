import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('merchants', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('name').notNullable();
    table.text('api_key_hash').notNullable().unique();
  });
  await knex.schema.createTable('wallets', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('merchant_id').notNullable().references('merchants.id');
    table.text('customer_ref').notNullable();
    table.integer('balance_cents').notNullable().defaultTo(0);
    table.text('fee_plan').notNullable().defaultTo('standard');
    table.timestamp('frozen_at');
    table.unique(['merchant_id', 'customer_ref']);
    table.check('balance_cents >= 0', [], 'wallets_balance_not_negative');
  });
  await knex.schema.createTable('entries', (table) => {
    table.bigIncrements('id');
    table.uuid('wallet_id').notNullable().references('wallets.id').index();
    table.integer('amount_cents').notNullable();
    table.integer('balance_after_cents').notNullable();
    table.text('kind').notNullable();
    table.text('reference');
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('entries').dropTable('wallets').dropTable('merchants');
}
