CREATE TABLE invoices (
    id          bigserial PRIMARY KEY,
    account_id  bigint NOT NULL REFERENCES accounts (id),
    number      varchar(20) NOT NULL,
    amount      numeric(12, 2) NOT NULL,
    currency    char(3),
    status      varchar(20) NOT NULL DEFAULT 'draft',
    issued_on   date
);
