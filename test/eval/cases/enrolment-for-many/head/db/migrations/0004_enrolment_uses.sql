ALTER TABLE enrolment_tokens
    ADD COLUMN max_uses int NOT NULL DEFAULT 1,
    ADD COLUMN uses int NOT NULL DEFAULT 0;

UPDATE enrolment_tokens SET uses = 1 WHERE used_at IS NOT NULL;
