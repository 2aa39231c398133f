ALTER TABEL accounts ADD COLUMN closed_at timestamptz;
