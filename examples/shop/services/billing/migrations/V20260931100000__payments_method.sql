ALTER TABLE payments ADD COLUMN method varchar(20);
