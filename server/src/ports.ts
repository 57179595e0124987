/**
 * The ports that impure rooms receive instead of reaching for globals, so that tests can stand in a fake clock or a list of log lines.
 * Types only.
 */

/** Milliseconds since the Unix epoch. */
export type Clock = () => number;

/** Structured, levelled logging. Never pass a secret, an argument value or an unescaped upstream text in `message`. */
export interface Log {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Something with a lifetime. Closing twice is harmless. */
export interface Closeable {
  close(): Promise<void>;
}

/** Texts that are secrets, by key, kept beyond the process. Rejects with an error for people. */
export interface SecretRecords {
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Runs `work` while nobody else, in this process or another, runs work on this key. */
  exclusive<T>(key: string, work: () => Promise<T>): Promise<T>;
}
