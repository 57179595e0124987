/** Phrases of descriptions, and names of parameters. Each pattern is linear in the text: no nested repetition. */
import type { SignalCode } from '../verdict.ts';

/** The effect cannot be taken back. A "not" right before it excuses it. */
export const IRREVERSIBLE =
  /(?<!\bnot )(?<!n't )\b(?:permanent(?:ly)? (?:delet|remov|destroy|eras|wip|purg|los)\w*|(?:cannot|can't|can not) be (?:undone|reversed|recovered|restored)|irreversibl\w+|unrecoverabl\w+|(?:delet|remov|destroy|eras)\w* permanently|this (?:action|operation) is (?:permanent|destructive))/i;

/** The server says that it refuses writes itself. */
export const READ_ONLY =
  /\b(?:read[- ]?only|select (?:queries|statements) only|only (?:select|read) (?:queries|statements))\b/i;

/** Text that speaks to the model instead of describing the tool. */
export const INSTRUCTIONS =
  /<\/?(?:important|system|secret|instructions?)>|\b(?:ignore (?:all |any |the )?(?:previous|prior|above|other) (?:instructions|rules|prompts?)|(?:do not|don't|never) (?:tell|inform|mention|reveal)[^.\n]{0,40}\buser|without (?:telling|informing|asking) the user|before using (?:this|any other) tool[^.\n]{0,40}\bread\b|you must (?:always |first )?(?:call|use|send|include) )/i;

export interface ParameterSignal {
  readonly code: SignalCode;
  /** What to call it in `free-form SQL in "query"`. */
  readonly what: string;
  /** The whole parameter name, in snake case. */
  readonly name: RegExp;
}

/** What a text parameter of such a name lets the caller do. The first match counts. */
export const PARAMETER_SIGNALS: readonly ParameterSignal[] = [
  {
    code: 'free-form-code',
    what: 'free-form SQL',
    name: /^(?:sql|sql_\w+|\w+_sql|statement|sql_?query|cypher|queries_sql)$/,
  },
  {
    code: 'free-form-code',
    what: 'a free-form command',
    name: /^(?:command|cmd|shell|bash|args_line|command_line|shell_command|cli_\w*)$/,
  },
  {
    code: 'free-form-code',
    what: 'free-form code',
    name: /^(?:code|script|source_code|expression|function|javascript|python|js|program|snippet|lambda|eval|\w+_(?:script|code_block))$/,
  },
  {
    code: 'credentials',
    what: 'a credential',
    name: /^(?!(?:\w+_)?(?:page|next|continuation|cursor|sync|max|num)_tokens?$)(?:password|passwd|secret|api_?key|access_token|token|auth\w*|private_key|credentials?|\w+_(?:password|secret|token|api_key))$/,
  },
  {
    code: 'url',
    what: 'a URL or host',
    name: /^(?:url|uri|host|hostname|endpoint|webhook|origin|callback|\w+_(?:url|uri|host|endpoint))$/,
  },
  {
    code: 'file-path',
    what: 'a file path',
    name: /^(?:path|file|filename|filepath|file_?path|dir|directory|folder|paths|destination|\w+_(?:path|file|filename|dir|directory))$/,
  },
  {
    code: 'raw-markup',
    what: 'raw markup or a template',
    name: /^(?:html|body_html|markup|template|svg|xml|twiml|html_\w+|\w+_html)$/,
  },
];

/** Parameters whose values name the operation of a tool that can do several. */
export const OPERATION_PARAMETERS = new Set([
  'action',
  'operation',
  'method',
  'mode',
  'command',
  'op',
  'verb',
  'http_method',
  'request_type',
  'subcommand',
]);

/** A `query` (or the like) is code where one of these languages is near, and words to look for elsewhere. */
export const QUERY_LANGUAGES =
  /\b(?:sql|cypher|graphql|promql|logql|kql|mql|hogql|sparql|aggregation pipeline|jql statement|javascript|python code|shell)\b/i;

export const QUERY_PARAMETERS = /^(?:query|queries|q|pipeline|statement|statements|text|input|expr)$/;

/** Name words of tools that touch many things at once, or a whole system. */
export const BULK_WORDS = new Set('all bulk batch many multi multiple every mass'.split(' '));
export const ADMIN_WORDS = new Set(
  'admin administrator system root sudo cluster organization org tenant account iam rbac'.split(' '),
);
export const VISIBLE_WORDS = new Set(
  'send post publish reply comment tweet email sms message notify broadcast share invite announce respond'.split(' '),
);
