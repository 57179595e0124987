/** Stores on this machine answer at once, those on another one later; whoever asks either waits. Types only. */

export type Async<T> = T | Promise<T>;

/** Of a store on this machine, what is answered at once. */
export type Immediate<T> = {
  readonly [Name in keyof T]: T[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Awaited<Result>
    : T[Name];
};
