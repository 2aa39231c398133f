CREATE TABLE stock (
    product_id  bigint PRIMARY KEY REFERENCES products (id),
    on_hand     integer NOT NULL DEFAULT 0,
    reserved    integer NOT NULL DEFAULT 0
);
