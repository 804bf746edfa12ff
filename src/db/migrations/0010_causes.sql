-- Why complaints arise: the house's own tree, with codes of regulators beside it.
CREATE TABLE causes (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    parent TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    regulator_code TEXT NOT NULL,
    is_active BIGINT NOT NULL
);
CREATE UNIQUE INDEX causes_by_code ON causes (code);
