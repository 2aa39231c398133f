-- All of this is new: nothing reads it yet, so nothing here is worth a warning.
CREATE TABLE wishlists (
    id           bigserial PRIMARY KEY,
    customer_id  bigint NOT NULL REFERENCES customers (id),
    title        text
);

CREATE INDEX wishlists_customer_id_idx ON wishlists (customer_id);
ALTER TABLE wishlists ALTER COLUMN title SET NOT NULL;
