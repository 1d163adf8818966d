-- What an event's assets are and at which paths. docs/format/event.md explains the bytes; rows made earlier have none.
ALTER TABLE event ADD COLUMN items BLOB;
