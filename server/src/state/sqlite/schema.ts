/** The tables of the embedded state and of the values that are kept. A change of shape adds a step here. */

export interface Schema {
  /** Name of the database in the state folder. */
  readonly file: string;
  /** Statements that bring a database of version n (0: an empty one) to n + 1. */
  readonly steps: readonly string[];
}

/**
 * `audit.record` is the whole record as one line of JSON. It has no index but `seq`: each would double what an append writes, and a call waits for it.
 * `counter.used` and `.at` of a calendar counter are its sum (exact decimal text) and the start of its window; `call` holds one row for each
 * millisecond in which a sliding counter was charged. `expires`: from when on a row can no longer matter.
 */
const first = `
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

CREATE TABLE audit (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit records are never deleted'); END;

CREATE TABLE counter (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE sum (
  counter INTEGER NOT NULL, at INTEGER NOT NULL, used TEXT NOT NULL, expires INTEGER NOT NULL,
  PRIMARY KEY (counter, at)
) WITHOUT ROWID, STRICT;
CREATE TABLE call (
  counter INTEGER NOT NULL, at INTEGER NOT NULL, calls INTEGER NOT NULL, expires INTEGER NOT NULL,
  PRIMARY KEY (counter, at)
) WITHOUT ROWID, STRICT;
`;

/**
 * `approval`: calls that wait for a person; question and verdict are sealed, `holder` is the process that waits. `decider`: editors that are there to be asked.
 * `refusal`: how often in a row a grant was refused, and until when (milliseconds since the epoch) it is refused without asking.
 */
const second = `
CREATE TABLE approval (
  id TEXT PRIMARY KEY, grant_id TEXT NOT NULL, holder TEXT NOT NULL, question BLOB NOT NULL, verdict BLOB
) STRICT;
CREATE TABLE decider (holder TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
CREATE TABLE refusal (grant_id TEXT PRIMARY KEY, refused INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID, STRICT;
`;

/** `token_hash`: SHA-256, hex. `servers`: JSON array. Times are milliseconds since the epoch. A revoked grant stays, for the records that name it. */
const third = `
CREATE TABLE grants (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, token_hash TEXT NOT NULL, servers TEXT, policy TEXT,
  created INTEGER NOT NULL, expires INTEGER, revoked INTEGER
) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX grants_in_use ON grants (label) WHERE revoked IS NULL;
`;

/**
 * The last record that was pruned (`at`: when, ISO 8601), authenticated with a key. What it covers, and only that, may be deleted, and is never
 * written again: a process that does not know yet what another one has pruned finds its place taken, and looks for the end of the chain anew.
 */
const fourth = `
CREATE TABLE checkpoint (
  id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL, at TEXT NOT NULL, mac TEXT NOT NULL
) STRICT;
CREATE TRIGGER checkpoint_forward BEFORE UPDATE ON checkpoint WHEN NEW.seq <= OLD.seq
  BEGIN SELECT RAISE(ABORT, 'the checkpoint only moves forward'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'the checkpoint is never deleted'); END;
CREATE TRIGGER audit_no_return BEFORE INSERT ON audit WHEN NEW.seq <= (SELECT seq FROM checkpoint) BEGIN SELECT RAISE(IGNORE); END;
DROP TRIGGER audit_no_delete;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN OLD.seq > coalesce((SELECT seq FROM checkpoint), 0)
  BEGIN SELECT RAISE(ABORT, 'audit records are never deleted'); END;
`;

export const stateSchema: Schema = { file: 'portcullis.db', steps: [first, second, third, fourth] };

/** `id`: of the decision. `at`: milliseconds since the epoch. `content` is sealed. In a file of its own: it goes after some days, and can be taken away at any time. */
const values = `
CREATE TABLE kept (id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
CREATE INDEX kept_by_age ON kept (at);
`;

export const valuesSchema: Schema = { file: 'values.db', steps: [values] };
