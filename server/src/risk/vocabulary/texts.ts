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

/** The words that a preamble begins with, and those that one may hold instead. */
export const OPENERS = new Set(
  'this the a an use used useful call invoke tool api utility function endpoint you user users agent agents it ability able allow allows let lets enable enables help helps'.split(
    ' ',
  ),
);
export const MAY_ALLOW = ['llow', 'nable', ' let'];

/** Words that say a description begins with what is read. */
export const READ_LEADS = new Set(
  'information details list overview history statistics current latest available read-only summary'.split(' '),
);

/** The effect cannot be taken back. A "not" right before it excuses it. */
export const IRREVERSIBLE =
  /(?<!\bnot )(?<!n't )\b(?:permanent(?:ly)? (?:delet|remov|destroy|eras|wip|purg|los)\w*|(?:cannot|can't|can not) be (?:undone|reversed|recovered|restored)|irreversibl\w+|unrecoverabl\w+|(?:delet|remov|destroy|eras)\w* permanently|this (?:action|operation) is (?:permanent|destructive))/i;

/** What every such phrase holds, without the letters that may be capitals. */
export const MAY_BE_FINAL = [
  'ermanent',
  'annot be',
  "an't be",
  'an not be',
  'rreversibl',
  'nrecoverabl',
  'is destructive',
  'IRREVERSIBL',
  'PERMANENT',
  'CANNOT BE',
];

/** The server says that it refuses writes itself. */
export const READ_ONLY =
  /(?<!\bnot )\b(?:read[- ]?only\b(?! (?:unless|by default|if|except|when))|(?:select|read) (?:queries|statements) only\b|only (?:select|read) (?:queries|statements)\b)/i;

/** Text that speaks to the model instead of describing the tool. */
export const ORDERS = new RegExp(
  [
    String.raw`<\/?(?:important|system|secret|instructions?|hidden)>|<\|im_start\|>|\[\/?inst\]|<<sys>>`,
    String.raw`\b(?:ignore|disregard|forget|override) (?:all |any |the |your |of )*(?:previous|prior|above|earlier|preceding|other) (?:instructions|rules|prompts?|messages|directions)`,
    String.raw`\b(?:do not|don't|never|must not|should not) (?:tell|inform|mention|reveal|notify|show|alert)[^.\n]{0,40}\b(?:user|human)`,
    String.raw`\bwithout (?:telling|informing|asking|notifying|alerting) the user|\bwithout the user's (?:knowledge|consent)`,
    String.raw`\b(?:keep|hide) (?:this|it) (?:a )?(?:secret )?from the user`,
    String.raw`\bbefore (?:using|calling|invoking) (?:this|any other|any) tool[^.\n]{0,40}\b(?:read|open|send)\b`,
    String.raw`\byou must (?:always |first |also )?(?:call|use|send|include|read|pass) `,
  ].join('|'),
  'i',
);

/** What every order holds: a quick look that most texts fail. */
export const ORDERS_HOLD =
  /<|\[|gnore|isregard|orget|verride|o not|n't|ever|ust not|ould not|ithout|keep|hide|efore|ou must/i;

/** Name words of tools that touch many things at once, or a whole system. */
export const BULK_WORDS = new Set('all bulk batch many multi multiple every mass'.split(' '));
export const ADMIN_WORDS = new Set(
  'admin administrator system root sudo cluster organization org tenant account iam rbac'.split(' '),
);
export const VISIBLE_WORDS = new Set(
  'send post publish reply comment tweet email sms message notify broadcast share invite announce respond'.split(' '),
);
