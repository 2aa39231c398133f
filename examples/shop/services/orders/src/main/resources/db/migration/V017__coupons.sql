CREATE TABLE coupons (
    code        varchar(30) PRIMARY KEY,
    percent     smallint NOT NULL CHECK (percent BETWEEN 1 AND 100),
    valid_until date
);

ALTER TABLE orders ADD COLUMN coupon varchar(30) REFERENCES coupons (code);
