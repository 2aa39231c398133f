ALTER TABLE orders ADD COLUMN legacy_note varchar(500);
