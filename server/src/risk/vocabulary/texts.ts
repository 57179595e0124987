/** Phrases of descriptions, and words of names that are signals. Each pattern is linear in the text: no nested repetition. */

/** "This tool can be used to …", "Allows users to …", "The Cancel Order API allows users to …", "Tool for …": what may stand before the leading verb. */
export const PREAMBLES: readonly RegExp[] = [
  /^(?:[\w/-]+\s+){0,8}?(?:api|tool|endpoint|function)\s+(?:that\s+)?(?:allows?|lets?|enables?)\s+(?:\w+\s+){0,3}?to\s+/i,
  /^(?:this|the|a|an)\s+(?:\w+\s+){0,6}?(?:tool|endpoint|api|function|method|action|operation|command|request)\s+(?:(?:is|that|which|can|will|should be|may be|be|used)\s+)*(?:to\s+|for\s+)?/i,
  /^(?:use|used|useful|call|invoke|allows?|lets?|enables?|helps?|tool|api|utility|function|endpoint)\s+(?:(?:this|it|you|users?|agents?|the user|tool|endpoint)\s+){0,3}(?:when you want\s+|in order\s+)?(?:to|for|that|which)\s+/i,
  /^(?:you|users?|agents?)\s+can\s+/i,
  /^(?:it|this)\s+(?:(?:will|can|also|then)\s+)*/i,
  /^(?:ability|able)\s+to\s+/i,
];

/** Words that say a description begins with what is read. */
export const READ_LEADS = new Set(
  'information details list overview history statistics current latest available read-only summary'.split(' '),
);

/** The effect cannot be taken back. A "not" right before it excuses it. */
export const IRREVERSIBLE =
  /(?<!\bnot )(?<!n't )\b(?:permanent(?:ly)? (?:delet|remov|destroy|eras|wip|purg|los)\w*|(?:cannot|can't|can not) be (?:undone|reversed|recovered|restored)|irreversibl\w+|unrecoverabl\w+|(?:delet|remov|destroy|eras)\w* permanently|this (?:action|operation) is (?:permanent|destructive))/i;

/** The server says that it refuses writes itself. */
export const READ_ONLY =
  /(?<!\bnot )\b(?:read[- ]?only\b(?! (?:unless|by default|if|except|when))|(?:select|read) (?:queries|statements) only\b|only (?:select|read) (?:queries|statements)\b)/i;

/** Text that speaks to the model instead of describing the tool. */
export const INSTRUCTIONS =
  /<\/?(?:important|system|secret|instructions?)>|\b(?:ignore (?:all |any |the )?(?:previous|prior|above|other) (?:instructions|rules|prompts?)|(?:do not|don't|never) (?:tell|inform|mention|reveal)[^.\n]{0,40}\buser|without (?:telling|informing|asking) the user|before using (?:this|any other) tool[^.\n]{0,40}\bread\b|you must (?:always |first )?(?:call|use|send|include) )/i;

/** Name words of tools that touch many things at once, or a whole system. */
export const BULK_WORDS = new Set('all bulk batch many multi multiple every mass'.split(' '));
export const ADMIN_WORDS = new Set(
  'admin administrator system root sudo cluster organization org tenant account iam rbac'.split(' '),
);
export const VISIBLE_WORDS = new Set(
  'send post publish reply comment tweet email sms message notify broadcast share invite announce respond'.split(' '),
);
