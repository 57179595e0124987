/** The server under test over stdio: a message per line. */
import { createInterface } from 'node:readline';
import { answerTo } from './answers.mts';

createInterface({ input: process.stdin }).on('line', (line) => {
  const answer = line === '' ? undefined : answerTo(line);
  if (answer !== undefined) process.stdout.write(`${answer}\n`);
});
