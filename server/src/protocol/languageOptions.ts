/** What an editor tells the language server at its start: all of it optional, for plain LSP clients know none of it. Types only. */

/** `initializationOptions`. */
export interface LanguageServerOptions {
  /** Whether the user trusts the workspace. Nothing is spawned or contacted unless `true`; cached lists serve then. */
  readonly trusted?: boolean;
  /** Folder for snapshots of tool lists; absent: the platform's cache folder. */
  readonly cacheFolder?: string;
  /** The gateway's state folder, for what was recorded; absent: nothing is replayed. */
  readonly stateFolder?: string;
  /** The editor's command that shows what an edit would have changed, with the policy's URI; absent where it has none. */
  readonly replayCommand?: string;
  /** The editor's command that opens the suggestions (`editor.action.triggerSuggest`): run after a key whose value can be completed was inserted. */
  readonly suggestCommand?: string;
  /** The editor's command that tries a call out, with the policy's URI and the tool's name: absent where it has none. */
  readonly evaluateCommand?: string;
  /** The editor's command that asks why a finding is meant, with an `ExcuseTarget`; absent where it has none. */
  readonly excuseCommand?: string;
  /** The editor's command that shows how a client is routed through the gateway, with a `RouteTarget`; absent where it has none. */
  readonly routeCommand?: string;
  /** The editor's command that shows how tools differ from those that were reviewed, with a `ReviewTarget`; absent where it has none. */
  readonly reviewCommand?: string;
  /** Whether the editor shows `portcullis-tool:` documents, whose text it asks for with `portcullis/toolDocument`. */
  readonly showsTools?: boolean;
}
