ALTER TABLE payment_methods ADD COLUMN label text;
