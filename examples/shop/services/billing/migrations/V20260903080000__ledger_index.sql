CREATE INDEX CONCURRENTLY ledger_entries_account_id_idx ON ledger_entries (account_id);

ALTER TABLE ledger_entries ADD COLUMN memo text;
