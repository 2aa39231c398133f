CREATE TABLE accounts (
    id        bigserial PRIMARY KEY,
    customer  bigint NOT NULL,
    iban      varchar(34),
    opened_at timestamptz NOT NULL DEFAULT now()
);
