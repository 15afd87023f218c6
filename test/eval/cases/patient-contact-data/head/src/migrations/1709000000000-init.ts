import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Init1709000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create extension if not exists btree_gist');
    await runner.query(`
      create table patients (
        id uuid primary key default gen_random_uuid(),
        "clinicId" uuid not null,
        "firstName" varchar not null,
        "lastName" varchar not null,
        "bornOn" date not null,
        phone varchar,
        email varchar,
        insurer varchar,
        "insuranceNumber" varchar,
        "insuranceVerifiedAt" timestamptz,
        "createdAt" timestamptz not null default now(),
        "updatedAt" timestamptz not null default now()
      )
    `);
    await runner.query('create index patients_clinic on patients ("clinicId", "lastName", id)');
    await runner.query(`
      create table appointments (
        id uuid primary key default gen_random_uuid(),
        "clinicId" uuid not null,
        "patientId" uuid not null references patients (id),
        "doctorId" uuid not null,
        "startsAt" timestamptz not null,
        minutes int not null,
        "cancelledAt" timestamptz,
        constraint appointments_no_overlap exclude using gist (
          "doctorId" with =,
          tstzrange("startsAt", "startsAt" + minutes * interval '1 minute') with &&
        ) where ("cancelledAt" is null)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table appointments');
    await runner.query('drop table patients');
  }
}
