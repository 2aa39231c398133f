INSERT INTO products (sku, name, price) VALUES
    ('TEA-01', 'Green tea', 4.50),
    ('TEA-02', 'Black tea', 3.90),
    ('MUG-01', 'Stoneware mug', 12.00),
    ('KET-01', 'Kettle', 39.00);
