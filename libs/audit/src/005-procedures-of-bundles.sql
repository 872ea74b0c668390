-- Which procedures a bundle of a unit is about: those that the unit had when it was asked for. Null for other bundles.
ALTER TABLE audit.bundles ADD COLUMN procedures uuid[];
