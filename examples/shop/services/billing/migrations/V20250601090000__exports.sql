CREATE TABLE export_jobs (
    id         bigserial PRIMARY KEY,
    state      varchar(20) NOT NULL DEFAULT 'queued',
    payload    jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
