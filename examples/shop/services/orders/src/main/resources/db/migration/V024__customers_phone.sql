ALTER TABLE customers ADD COLUMN phone text NOT NULL;
