import GRDB

/// The tables of a model file, and how an older file becomes a newer one.
enum ModelSchema {
  /// The format that this version writes: `PRAGMA user_version`.
  static let format = 7

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("model-1") { db in
      try db.execute(
        sql: """
          PRAGMA application_id = \(FileKind.model.rawValue);
          PRAGMA user_version = 1;

          -- One row: what this model is. The configuration is JSON.
          CREATE TABLE model (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            source_language TEXT NOT NULL,
            target_language TEXT NOT NULL,
            configuration TEXT NOT NULL,
            created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            tool_version TEXT NOT NULL
          );

          \(VocabularyRecord.tableDefinition)

          -- The best checkpoint and the last one, which may be the same. The last has the highest id.
          CREATE TABLE checkpoint (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            step INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            scores TEXT NOT NULL,
            is_best INTEGER NOT NULL CHECK (is_best IN (0, 1)),
            tensor_count INTEGER NOT NULL,
            optimizer_count INTEGER NOT NULL,
            created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
          );

          \(TensorTable.parameters.definition([.f32]))

          \(TensorTable.optimizer.definition([.f32]))

          -- JSON: random state, place in the corpus, best score, patience.
          CREATE TABLE training_state (
            checkpoint_id INTEGER PRIMARY KEY REFERENCES checkpoint(id) ON DELETE CASCADE,
            state TEXT NOT NULL
          );

          -- A number that was not finite is NULL.
          CREATE TABLE history (
            id INTEGER PRIMARY KEY,
            step INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            loss REAL,
            learning_rate REAL,
            words_per_second REAL,
            gradient_norm REAL,
            validation_bleu REAL,
            validation_loss REAL,
            recorded_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
          );

          -- For people with a sqlite3 shell.
          CREATE VIEW tensor_overview AS
            SELECT c.step, c.is_best, t.name, t.shape, t.type, count(*) AS chunks,
              sum(length(t.data)) AS bytes
            FROM tensor t JOIN checkpoint c ON c.id = t.checkpoint_id
            GROUP BY t.checkpoint_id, t.position;
          CREATE VIEW checkpoint_overview AS
            SELECT c.id, c.step, c.epoch, c.scores, c.is_best, c.created_at, c.tensor_count,
              (SELECT sum(length(data)) / 4 FROM tensor WHERE checkpoint_id = c.id) AS parameters
            FROM checkpoint c;
          """)
    }
    migrator.registerMigration("model-2") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 2;

          -- The likely translations of a source word, likeliest first: which words come into question for a sentence.
          -- Ids are packed as in a corpus. Derived from the corpus that the model was trained on.
          CREATE TABLE lexicon (
            source_id INTEGER PRIMARY KEY,
            target_count INTEGER NOT NULL,
            target_ids BLOB NOT NULL
          );
          """)
    }
    migrator.registerMigration("model-3") { db in
      // A table's rule about its types can't be changed, so the table is made anew.
      try db.execute(
        sql: """
          PRAGMA user_version = 3;

          DROP VIEW tensor_overview;
          DROP VIEW checkpoint_overview;
          ALTER TABLE tensor RENAME TO tensor_of_before;
          \(TensorTable.parameters.definition(TensorType.allCases))
          INSERT INTO tensor SELECT * FROM tensor_of_before;
          DROP TABLE tensor_of_before;

          CREATE VIEW tensor_overview AS
            SELECT c.step, c.is_best, t.name, t.shape, t.type, count(*) AS chunks,
              sum(length(t.data)) AS bytes
            FROM tensor t JOIN checkpoint c ON c.id = t.checkpoint_id
            GROUP BY t.checkpoint_id, t.position;
          -- Integers have the scales of their columns before them.
          CREATE VIEW checkpoint_overview AS
            SELECT c.id, c.step, c.epoch, c.scores, c.is_best, c.created_at, c.tensor_count,
              (SELECT sum(
                  CASE t.type
                    WHEN 'int8' THEN length(t.data)
                      - CASE t.chunk WHEN 0 THEN 4 * json_extract(t.shape, '$[1]') ELSE 0 END
                    ELSE length(t.data) / 4
                  END)
                FROM tensor t WHERE t.checkpoint_id = c.id) AS parameters
            FROM checkpoint c;
          """)
    }
    migrator.registerMigration("model-4") { db in
      // Rows of before have none. Their `recorded_at` is the time of the checkpoint that they were written with.
      try db.execute(
        sql: """
          PRAGMA user_version = 4;

          ALTER TABLE history ADD COLUMN seconds REAL;
          """)
    }
    migrator.registerMigration("model-5") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 5;

          -- JSON: with what weights hypotheses are ranked, found on the dev split; NULL when none were looked for.
          ALTER TABLE model ADD COLUMN ranking TEXT;
          """)
    }
    migrator.registerMigration("model-6") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 6;

          -- The same as lexicon for the way back, in a model of both directions: here the source is what it translates to.
          CREATE TABLE reverse_lexicon (
            source_id INTEGER PRIMARY KEY,
            target_count INTEGER NOT NULL,
            target_ids BLOB NOT NULL
          );
          """)
    }
    migrator.registerMigration("model-7") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 7;

          -- How many sentences a line had, at most, where the model learnt; NULL when it is not known.
          ALTER TABLE model ADD COLUMN sentences_per_line INTEGER CHECK (sentences_per_line > 0);
          """)
    }
    return migrator
  }
}
