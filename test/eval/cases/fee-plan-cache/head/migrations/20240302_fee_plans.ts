import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('fee_plans', (table) => {
    table.bigIncrements('id');
    table.uuid('merchant_id').notNullable().references('merchants.id');
    table.text('code').notNullable();
    table.integer('basis_points').notNullable();
    table.integer('fixed_cents').notNullable();
    table.unique(['merchant_id', 'code']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('fee_plans');
}
