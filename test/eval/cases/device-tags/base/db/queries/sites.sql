-- name: LockSite :one
SELECT * FROM sites WHERE id = $1 AND org_id = $2 FOR UPDATE;

-- name: CountDevicesAtSite :one
SELECT count(*) FROM devices WHERE site_id = $1;

-- name: MoveDevice :exec
UPDATE devices SET site_id = $2 WHERE id = $1;
