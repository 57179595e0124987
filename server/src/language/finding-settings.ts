/**
 * How severe findings are in the editor, and which are excused: portcullis.json first, as for the command line, then the user's own settings for rules
 * that it does not speak of.
 */
import type { FindingSettings } from '../analysis/index.ts';
import type { FindingsConfig } from '../mcp/definition.ts';

export class FindingSettingsByPolicy {
  #config: FindingsConfig = { rules: {}, excused: [] };
  #chosen: FindingsConfig['rules'] = {};
  /** Findings are remembered by the identity of their settings. */
  readonly #known = new Map<string | undefined, FindingSettings>();

  configure(config: FindingsConfig = { rules: {}, excused: [] }): void {
    this.#config = config;
    this.#known.clear();
  }

  choose(rules: FindingsConfig['rules']): void {
    this.#chosen = rules;
    this.#known.clear();
  }

  /** @param file - Path of the policy; absent for a text that is in no file. */
  of(file: string | undefined): FindingSettings {
    let settings = this.#known.get(file);
    if (settings === undefined) {
      const excused = this.#config.excused.filter(({ policy }) => policy === file);
      settings = { rules: { ...this.#chosen, ...this.#config.rules }, excused };
      this.#known.set(file, settings);
    }
    return settings;
  }
}
