-- name: InsertEnrolmentToken :one
INSERT INTO enrolment_tokens (org_id, token_hash, expires_at) VALUES ($1, $2, $3) RETURNING *;

-- name: UseEnrolmentToken :one
UPDATE enrolment_tokens SET used_at = now()
WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()
RETURNING *;
