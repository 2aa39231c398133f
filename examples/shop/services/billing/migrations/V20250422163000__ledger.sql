CREATE TABLE ledger_entries (
    id         bigserial PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts (id),
    amount     numeric(12, 2) NOT NULL,
    booked_at  timestamptz NOT NULL DEFAULT now()
);
