import { DatabaseSync } from 'node:sqlite';

/**
 * Dynoxide 1.2.1 looks through every stream record at each write and each read, so that the ten-thousandth write takes
 * ten times as long as the first. SQLite does not, once it has these.
 */
const indexes = [
  'by_table ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  'by_shard ON _stream_records (shard_id, CAST(sequence_number AS INTEGER))',
];

/** Adds them to the file of a running engine, which notices by itself; with another engine's file there is nothing to add. */
export function indexStream(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    for (const index of indexes) database.exec(`CREATE INDEX IF NOT EXISTS streetmeet_${index}`);
  } catch (error) {
    // Slower, not wrong.
    console.error(`the stream has no indexes: ${error instanceof Error ? error.message : error}`);
  } finally {
    database.close();
  }
}
