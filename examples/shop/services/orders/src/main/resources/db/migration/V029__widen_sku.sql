-- A wider varchar costs nothing; no warning belongs here.
ALTER TABLE products ALTER COLUMN sku TYPE varchar(80);
