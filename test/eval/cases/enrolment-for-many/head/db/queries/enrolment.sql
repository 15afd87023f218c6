-- name: InsertEnrolmentToken :one
INSERT INTO enrolment_tokens (org_id, token_hash, expires_at, max_uses) VALUES ($1, $2, $3, $4) RETURNING *;

-- name: GetEnrolmentToken :one
SELECT * FROM enrolment_tokens WHERE token_hash = $1 AND expires_at > now();

-- name: CountEnrolmentUse :exec
UPDATE enrolment_tokens SET uses = uses + 1, used_at = now() WHERE id = $1;
