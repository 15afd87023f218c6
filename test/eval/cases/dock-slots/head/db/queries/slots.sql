-- name: UsedSlots :many
SELECT slot FROM device_slots WHERE site_id = $1 ORDER BY slot;

-- name: SetSlot :exec
INSERT INTO device_slots (device_id, site_id, slot) VALUES ($1, $2, $3)
ON CONFLICT (device_id) DO UPDATE SET site_id = excluded.site_id, slot = excluded.slot;

-- name: FreeSlot :exec
DELETE FROM device_slots WHERE device_id = $1;
