/** Names of parameters, and what a text parameter of such a name lets the caller do. Each pattern is linear in the text. */
import type { SignalCode } from '../verdict.ts';

export interface ParameterSignal {
  readonly code: SignalCode;
  /** What to call it in `free-form SQL in "query"`. */
  readonly what: string;
  /** The whole parameter name, in snake case. */
  readonly name: RegExp;
  /** A program text, which a tool may also just keep or look at; commands and database languages are run. */
  readonly program?: true;
  /** Counts only where this stands in the tool's name, its description or the parameter's. */
  readonly near?: RegExp;
}

/** Tells a program in `code` from a country code, and one in `expression` from a sum. */
const PROGRAMMING =
  /\b(?:python|javascript|typescript|node(?:js)?|source|snippet|script|execut\w*|run|runs|program\w*|function|sandbox|interpret\w*|lua|groovy|apex|sql|shell|java|rust|golang|jsx|html|css|compil\w*|eval\w*)\b/i;

/** The first match counts. */
export const PARAMETER_SIGNALS: readonly ParameterSignal[] = [
  {
    code: 'free-form-code',
    what: 'free-form SQL',
    name: /^(?:sql|sql_\w+|\w+_sql|sql_?query|sql_?statements?|queries_sql)$/,
  },
  {
    code: 'free-form-code',
    what: 'a free-form database query',
    name: /^(?:cypher|statement|statements|gremlin|sparql|cypher_query|gql)$/,
    near: /\b(?:\w*sql|cypher|gremlin|sparql|database|warehouse|query|execut\w*|run|runs)\b/i,
  },
  {
    code: 'free-form-code',
    what: 'a free-form command',
    name: /^(?:command|commands|cmd|shell|bash|command_line|shell_command|cli_\w*)$/,
  },
  {
    code: 'free-form-code',
    what: 'free-form code',
    name: /^(?:script|source_code|javascript|python|js|lambda|eval|\w+_(?:script|code_block)|(?:apex|python|js|java|lua|shell)_?code)$/,
    program: true,
  },
  {
    code: 'free-form-code',
    what: 'free-form code',
    name: /^(?:code|expression|function|program|snippet)$/,
    near: PROGRAMMING,
    program: true,
  },
  {
    code: 'free-form-query',
    what: 'a free-form query in a language that only reads',
    name: /^(?:promql|logql|nrql|jql|soql|sosl|kql|wiql|gaql|traceql|esql|jsonpath|xpath|jmespath)$/,
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

/** A parameter of such a name is code where one of `QUERY_LANGUAGES` is near, harmless where one of `READ_LANGUAGES` is, and words to look for elsewhere. */
export const QUERY_PARAMETERS =
  /^(?:query|queries|q|pipeline|statement|statements|text|input|expr|search_query|query_string)$/;

export const QUERY_LANGUAGES =
  /\b(?:\w*sql|cypher|graphql|mql|sparql|gremlin|aggregation pipeline|javascript|python code|shell)\b/i;

/** Languages in which nothing can be changed. */
export const READ_LANGUAGES =
  /\b(?:promql|logql|kql|nrql|jql|cql|soql|sosl|hogql|es\|?ql|esql|lucene|spl|traceql|wiql|gaql|jmespath|jsonpath|xpath)\b/i;

/** Verbs that look at code without running it: `validate_code`, `explain_query`. */
export const EXAMINING = new Set(
  'validate lint parse format analyze check review translate verify count diff detect classify tokenize decode explain extract suggest search'.split(
    ' ',
  ),
);

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
