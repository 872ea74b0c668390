-- The unit that owned the procedure when the file came; null where that was before files were counted by unit.
ALTER TABLE files.attachments ADD COLUMN unit uuid;
-- Each upload asks how much there is.
CREATE INDEX attachments_of_person ON files.attachments (uploaded_by);
CREATE INDEX attachments_of_unit ON files.attachments (unit);
