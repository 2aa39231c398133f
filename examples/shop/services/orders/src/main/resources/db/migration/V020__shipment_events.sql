CREATE TABLE shipment_events (
    id           bigserial PRIMARY KEY,
    shipment_id  bigint NOT NULL REFERENCES shipments (id),
    kind         varchar(20) NOT NULL,
    happened_at  timestamptz NOT NULL DEFAULT now()
);
