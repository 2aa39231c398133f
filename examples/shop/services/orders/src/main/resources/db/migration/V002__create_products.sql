CREATE TABLE products (
    id          bigserial PRIMARY KEY,
    sku         varchar(40) NOT NULL UNIQUE,
    name        text NOT NULL,
    price       numeric(10, 2) NOT NULL CHECK (price >= 0),
    active      boolean NOT NULL DEFAULT true
);
