-- name: GetDevice :one
SELECT * FROM devices WHERE id = $1 AND org_id = $2;

-- name: LockDevice :one
SELECT * FROM devices WHERE id = $1 AND org_id = $2 FOR UPDATE;

-- name: ListDevices :many
SELECT * FROM devices WHERE org_id = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: InsertDevice :one
INSERT INTO devices (org_id, serial) VALUES ($1, $2) RETURNING *;

-- name: SetDeviceLabel :execrows
UPDATE devices SET label = $3 WHERE id = $1 AND org_id = $2;

-- name: InsertDeviceKey :exec
INSERT INTO device_keys (device_id, key_hash) VALUES ($1, $2);

-- name: RevokeDeviceKeys :exec
UPDATE device_keys SET revoked_at = now() WHERE device_id = $1 AND revoked_at IS NULL;

-- name: InsertAudit :exec
INSERT INTO audit_log (org_id, actor, action, subject) VALUES ($1, $2, $3, $4);
