/** Keeps answers about texts: servers write the same few names and sentences over and over. */

export interface MemoryLimits {
  /** Characters of the longest text that is kept; longer ones are computed each time. Short enough that a memory stays small, whatever servers send. */
  readonly longest: number;
  /** Texts that are kept; a full memory is emptied. */
  readonly texts?: number;
}

/** `compute`, remembering what it answered. It must be pure: the same text, the same answer. */
export function remembering<T>(
  compute: (text: string) => T,
  { longest, texts = 5_000 }: MemoryLimits,
): (text: string) => T {
  const memory = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return compute(text);
    const known = memory.get(text);
    if (known !== undefined || memory.has(text)) return known as T;
    const answer = compute(text);
    if (memory.size >= texts) memory.clear();
    memory.set(text, answer);
    return answer;
  };
}
