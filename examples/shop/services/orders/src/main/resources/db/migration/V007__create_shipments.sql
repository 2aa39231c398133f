CREATE TABLE shipments (
    id          bigserial PRIMARY KEY,
    order_id    bigint NOT NULL,
    carrier     varchar(30) NOT NULL,
    tracking    varchar(60),
    shipped_at  timestamptz
);
