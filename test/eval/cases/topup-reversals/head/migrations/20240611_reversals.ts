import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('topups', (table) => {
    table.integer('refunded_cents').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('wallet_debts', (table) => {
    table.bigIncrements('id');
    table.uuid('wallet_id').notNullable().references('wallets.id').index();
    table.integer('amount_cents').notNullable();
    table.text('reference').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('wallet_debts');
  await knex.schema.alterTable('topups', (table) => {
    table.dropColumn('refunded_cents');
  });
}
