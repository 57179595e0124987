/** Which version this is: put in by the bundler, absent when the sources run as they are. */
declare const PORTCULLIS_VERSION: string | undefined;

export function version(): string {
  return typeof PORTCULLIS_VERSION === 'string' ? PORTCULLIS_VERSION : '0.0.0';
}
