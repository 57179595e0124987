/** The question for the value of an `${input:id}`, and its answer. Types only. */

export interface ResolveInputParams {
  readonly id: string;
  readonly description?: string;
  readonly password: boolean;
  readonly options?: readonly string[];
  readonly default?: string;
  /** Server that needs it, for the prompt. */
  readonly server: string;
}

/** `null`: the person declined. */
export type ResolveInputResult = { readonly value: string } | null;
