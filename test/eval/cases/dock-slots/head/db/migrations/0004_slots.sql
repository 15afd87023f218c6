CREATE TABLE device_slots (
    device_id uuid PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
    site_id uuid NOT NULL REFERENCES sites (id),
    slot int NOT NULL CHECK (slot > 0)
);

INSERT INTO device_slots (device_id, site_id, slot)
SELECT id, site_id, row_number() OVER (PARTITION BY site_id ORDER BY id)
FROM devices
WHERE site_id IS NOT NULL;

CREATE INDEX device_slots_site ON device_slots (site_id, slot);
