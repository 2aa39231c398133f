CREATE TABLE addresses (
    id           bigserial PRIMARY KEY,
    customer_id  bigint NOT NULL REFERENCES customers (id),
    street       text NOT NULL,
    city         text NOT NULL,
    country      char(2) NOT NULL
);
