CREATE TABLE reminders (
    invoice_id  bigint NOT NULL REFERENCES invoices (id),
    level       smallint NOT NULL DEFAULT 1,
    sent_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (invoice_id, level)
);
