CREATE TABLE readings (
    device_id uuid NOT NULL REFERENCES devices (id),
    at timestamptz NOT NULL,
    lat double precision NOT NULL,
    lon double precision NOT NULL,
    celsius real,
    place text,
    PRIMARY KEY (device_id, at)
);

CREATE INDEX readings_without_place ON readings (at) WHERE place IS NULL;
