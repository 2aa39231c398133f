ALTER TABLE carts ADD COLUMN source varchar(20);
