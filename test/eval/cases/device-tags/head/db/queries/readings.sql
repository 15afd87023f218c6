-- name: InsertReading :exec
INSERT INTO readings (device_id, at, lat, lon, celsius) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (device_id, at) DO NOTHING;

-- name: ReadingsWithoutPlace :many
SELECT device_id, at, lat, lon FROM readings WHERE place IS NULL ORDER BY at LIMIT $1;

-- name: SetPlace :exec
UPDATE readings SET place = $3 WHERE device_id = $1 AND at = $2;
