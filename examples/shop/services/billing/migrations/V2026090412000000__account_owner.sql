ALTER TABLE accounts ADD COLUMN owner_name text;
