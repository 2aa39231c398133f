ALTER TABLE customers ADD COLUMN locale varchar(10) NOT NULL DEFAULT 'en';
