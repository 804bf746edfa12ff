-- The texts of events by their tokens (src/search), nothing but positions: what was written stays in events. On SQLite the row
-- is the event. Tokens come cut and folded; they hold letters, digits, `_` and what is not ASCII.
ON SQLITE CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', tokenize="ascii tokenchars '_'");
ON POSTGRES CREATE TABLE search_index (
    seq BIGINT PRIMARY KEY,
    tokens TSVECTOR NOT NULL
);
ON POSTGRES CREATE INDEX search_index_by_token ON search_index USING gin (tokens);
