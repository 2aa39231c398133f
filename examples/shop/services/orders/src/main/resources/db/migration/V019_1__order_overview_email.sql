-- Written before V020 landed on main, and forgotten on a branch.
ALTER TABLE orders ADD COLUMN gift boolean NOT NULL DEFAULT false;
