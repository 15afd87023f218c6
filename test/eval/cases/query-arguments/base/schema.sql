CREATE TABLE teams (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE assets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id bigint NOT NULL REFERENCES teams (id),
    path text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    exif jsonb NOT NULL DEFAULT '{}',
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (team_id, path)
);

CREATE INDEX assets_team ON assets (team_id, id);

CREATE TABLE tags (
    asset_id bigint NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    name text NOT NULL,
    PRIMARY KEY (asset_id, name)
);

CREATE TABLE shares (
    token_hash bytea PRIMARY KEY,
    asset_id bigint NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
