/** The language that our words are in: the editor's own, where they are translated into it. */
import * as vscode from 'vscode';

/** BCP 47, for the `lang` of a page. */
export const wordsLanguage = (): string => (vscode.l10n.bundle === undefined ? 'en' : vscode.env.language);
