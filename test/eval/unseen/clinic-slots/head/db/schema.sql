create table clinics (id uuid primary key, name text not null);

create table patients (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  name text not null
);

create table slots (
  id uuid primary key default gen_random_uuid(),
  clinic_id uuid not null references clinics (id),
  room text not null,
  starts_at timestamptz not null,
  state text not null default 'free' check (state in ('free', 'booked')),
  patient_id uuid references patients (id),
  booked_at timestamptz,
  unique (clinic_id, room, starts_at),
  check ((state = 'booked') = (patient_id is not null))
);
create index slots_clinic_time on slots (clinic_id, starts_at);

create table slot_events (
  id bigint generated always as identity primary key,
  slot_id uuid not null references slots (id) on delete cascade,
  kind text not null,
  actor text not null,
  at timestamptz not null default now()
);
