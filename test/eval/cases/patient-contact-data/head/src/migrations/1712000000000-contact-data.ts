import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ContactData1712000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table patients
        add column street varchar,
        add column postcode varchar,
        add column city varchar,
        add column language varchar,
        add column "emergencyName" varchar,
        add column "emergencyPhone" varchar,
        add column "emergencyRelation" varchar
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table patients
        drop column street,
        drop column postcode,
        drop column city,
        drop column language,
        drop column "emergencyName",
        drop column "emergencyPhone",
        drop column "emergencyRelation"
    `);
  }
}
