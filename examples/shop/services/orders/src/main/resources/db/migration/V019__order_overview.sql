CREATE VIEW order_overview AS
SELECT o.id, o.status, o.placed_at, c.full_name
FROM orders o
JOIN customers c ON c.id = o.customer_id;
