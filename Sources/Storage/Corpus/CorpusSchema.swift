import GRDB

/// The tables of a corpus file, and how an older file becomes a newer one.
enum CorpusSchema {
  /// The format that this version writes: `PRAGMA user_version`.
  static let format = 4

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("corpus-1") { db in
      try db.execute(
        sql: """
          PRAGMA application_id = \(FileKind.corpus.rawValue);
          PRAGMA user_version = 1;

          -- One row: what this file is.
          CREATE TABLE corpus (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            source_language TEXT NOT NULL,
            target_language TEXT NOT NULL,
            licence TEXT NOT NULL DEFAULT '',
            source TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            tool_version TEXT NOT NULL
          );

          CREATE TABLE sentence_pair (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            split TEXT NOT NULL CHECK (split IN ('train', 'dev', 'test')),
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            origin TEXT NOT NULL,
            line INTEGER NOT NULL
          );
          CREATE INDEX sentence_pair_by_split ON sentence_pair(split);

          CREATE TABLE rejected (
            id INTEGER PRIMARY KEY,
            split TEXT NOT NULL CHECK (split IN ('train', 'dev', 'test')),
            origin TEXT NOT NULL,
            line INTEGER NOT NULL,
            reason TEXT NOT NULL
          );

          \(VocabularyRecord.tableDefinition)

          -- The token ids of a pair under one vocabulary: unsigned LEB128, the source's, then the target's.
          CREATE TABLE segment (
            pair_id INTEGER NOT NULL REFERENCES sentence_pair(id) ON DELETE CASCADE,
            vocabulary_id INTEGER NOT NULL REFERENCES vocabulary(id) ON DELETE CASCADE,
            source_length INTEGER NOT NULL,
            target_length INTEGER NOT NULL,
            ids BLOB NOT NULL,
            PRIMARY KEY (pair_id, vocabulary_id)
          ) WITHOUT ROWID;

          -- For people with a sqlite3 shell.
          CREATE VIEW split_overview AS
            SELECT split, count(*) AS pairs, min(id) AS first_id, max(id) AS last_id,
              round(avg(length(source)), 1) AS mean_source_characters,
              round(avg(length(target)), 1) AS mean_target_characters,
              count(DISTINCT origin) AS origins
            FROM sentence_pair GROUP BY split;
          CREATE VIEW rejected_overview AS
            SELECT split, reason, count(*) AS lines, min(origin || ':' || line) AS example
            FROM rejected GROUP BY split, reason;
          CREATE VIEW segment_overview AS
            SELECT v.id AS vocabulary_id, v.name, p.split, count(*) AS pairs,
              round(avg(s.source_length), 1) AS mean_source_tokens,
              round(avg(s.target_length), 1) AS mean_target_tokens
            FROM segment s
              JOIN vocabulary v ON v.id = s.vocabulary_id
              JOIN sentence_pair p ON p.id = s.pair_id
            GROUP BY v.id, p.split;
          """)
    }
    migrator.registerMigration("corpus-2") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 2;

          -- What was left out keeps its text, and the name of the rule beside the reason in words.
          ALTER TABLE rejected ADD COLUMN rule TEXT NOT NULL DEFAULT '';
          ALTER TABLE rejected ADD COLUMN source TEXT NOT NULL DEFAULT '';
          ALTER TABLE rejected ADD COLUMN target TEXT NOT NULL DEFAULT '';
          UPDATE rejected SET rule = \(ruleOfFirstFormat);

          -- What was done: from which files (a JSON array), by which rules (JSON).
          CREATE TABLE import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            split TEXT NOT NULL CHECK (split IN ('train', 'dev', 'test')),
            mode TEXT NOT NULL,
            origins TEXT NOT NULL,
            cleaning TEXT NOT NULL,
            candidates INTEGER NOT NULL,
            taken INTEGER NOT NULL,
            tool_version TEXT NOT NULL,
            created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
          );

          DROP VIEW rejected_overview;
          CREATE VIEW rejected_overview AS
            SELECT split, rule, count(*) AS pairs, min(id) AS first_id,
              min(origin || ':' || line) AS example
            FROM rejected GROUP BY split, rule;
          """)
    }
    migrator.registerMigration("corpus-3") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 3;

          -- 1: a pair that was held out of train, whose source is not to be trained on. In a file of before, one that
          -- stands in a split without having been imported into it.
          ALTER TABLE sentence_pair ADD COLUMN held_out INTEGER NOT NULL DEFAULT 0 CHECK (held_out IN (0, 1));
          UPDATE sentence_pair SET held_out = 1
            WHERE split IN ('dev', 'test')
              AND origin IN (SELECT value FROM import, json_each(origins) WHERE import.split = 'train')
              AND origin NOT IN
                (SELECT value FROM import, json_each(origins) WHERE import.split = sentence_pair.split);

          -- The number of a pair that was in train, with which it comes back.
          ALTER TABLE rejected ADD COLUMN pair_id INTEGER;
          """)
    }
    migrator.registerMigration("corpus-4") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 4;

          -- The least number that a pair of this import can have. Pairs that were held out of an earlier train split
          -- have lower ones.
          ALTER TABLE import ADD COLUMN first_pair_id INTEGER NOT NULL DEFAULT 0;
          """)
    }
    return migrator
  }

  /// The rule that a reason of the first format stands for, in SQL.
  static let ruleOfFirstFormat = """
    CASE reason WHEN 'not UTF-8' THEN 'invalid-utf8' WHEN 'a null character' THEN 'null-character'
      WHEN 'no second column' THEN 'missing-column' ELSE 'empty' END
    """
}
