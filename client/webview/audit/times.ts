/** Times of calls in the reader's language and zone. Times are milliseconds since the epoch. */

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const everything = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export const fullTime = (at: number): string => everything.format(at);

export const shortTime = (at: number): string => (isToday(at) ? clock : dayAndClock).format(at);

const isToday = (at: number): boolean => new Date(at).toDateString() === new Date().toDateString();
