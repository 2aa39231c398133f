CREATE OR REPLACE VIEW product_search AS
SELECT id, sku, lower(name) AS name, price
FROM products
WHERE active;
