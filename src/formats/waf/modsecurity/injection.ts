import type { Further, Operator } from "../../../model/condition.ts";

/*
 * libinjection reads a text as SQL tokens, folds them to at most five, and looks the kinds of these up among some
 * 8,000 fingerprints. It is not modelled, but many texts cannot come to any of them, whatever the order of their
 * tokens, because no fingerprint consists of their kinds of token alone. A text is "maybe" when it passes every test
 * here, and surely no SQL when it fails one.
 */

const WILD = "[`@$#\\[\\]]|--|/\\*|&&|\\|\\|";
const OPERATOR = "[=<>+*/%^|~!&-]|::";
const STATEMENT =
  "union|uni_on|intersect|except|select|insert|update|create|case|set|raiseerror|waitfor|execute|exec|having|limit|(?:group|order|partition|own3d)\\s+by|begin|call|declare|delete|drop|go|goto|handler|load|print|shutdown|try|use|while|collate|null|unknown|current\\w*|localtime\\w*|into\\s+\\w+file";
const KEYWORD =
  "abort|accessible|against|all_users|alter|analyze|as|asc|asensitive|at\\s+time|autoincrement|before|blob|both|cascade|change|column|condition|constraint|continue|count_big|cross\\s+join|cursor|databases?|day_\\w+|dec|default|delay|delayed|desc|describe|deterministic|distinct\\w*|each|else|elseif|enclosed|escaped|exit|explain|fetch|for\\s+update|force|foreign|from|full\\s+(?:outer|join)|fulltext|function|grant|high_priority|hour_\\w+|ignore|index|infile|inner|inout|insensitive|interval|into|iterate|join|keys|kill|leading|leave|left\\s+(?:outer|join)|linear|lines|lock\\s+(?:in|tables?)|longblob|longtext|loop|low_priority|master_\\w+|match|maxvalue|medium\\w+|merge|middleint|minute_\\w+|modifies|natural|next\\s+value|notnull|nowait|no_\\w+|offset|one_shot|open|optimize|option|optionally|outfile|precision|previous\\s+value|primary|procedure|purge|range|reads?|read_write|references|release|rename|repeat|replace|require|resignal|restrict|return|revoke|right\\s+(?:outer|join)|schemas?|second_\\w+|sensitive|separator|signal|similar|spatial|specific|sql\\w*|ssl|starting|straight_join|sys\\w+|terminated|then|time|tiny\\w+|top|trigger|undo|unlock|unsigned|usage|utc_\\w+|values|varbinary|varcharacter|varying|wait|when|where|with\\s+rollup|xp_\\w+|year_month|zerofill";
const LOGIC = "and|or|xor";
const COMPARISON = "is|not|like|between|div|mod|regexp|rlike|sounds|eqv|uescape|similar";
const FUNCTION =
  "abs|any|ascii|avg|bin|cast|ceil\\w*|char|coalesce|concat|convert|count|cos|cot|cross|date|day|degrees|elt|exists|exp|export|field|find|first|floor|format|hex|hour|if|insert|instr|interval|last\\w*|left|length|ln|locate|log|lower|lpad|ltrim|max|md5|mid|min|minute|month|name|now|oct|ord|password|pi|pow\\w*|quarter|quote|radians|rand|repeat|replace|reverse|right|round|row|rpad|rtrim|second|sha|sign|sin|sleep|some|soundex|space|sqrt|strcmp|substr\\w*|sum|tan|timestamp|trim|truncate|upper|user|uuid|variance|version|week|weekday|year";

function words(...lists: readonly string[]): string {
  return `\\b(?:${lists.join("|")})\\b`;
}

function matches(...parts: readonly string[]): Operator {
  return { kind: "matches", pattern: `(?i)${parts.join("|")}`, dotAll: true };
}

/** Words, numbers and operators, without quotes and brackets. */
const beyondArithmetic = matches(WILD, "['\"()]", words(STATEMENT, KEYWORD, LOGIC));
/** Words, keywords, numbers and quotes, without operators and brackets. */
const beyondQuotedProse = matches(WILD, "[();]", OPERATOR, words(STATEMENT, LOGIC, COMPARISON));
/** Words joined by "and" and "or", without numbers, quotes, operators and brackets. */
const beyondProse = matches(WILD, "['\"();0-9]", OPERATOR, words(STATEMENT, KEYWORD, COMPARISON, FUNCTION, "true|false"));
/** How every ordinary browser introduces itself, which is no SQL in spite of its brackets. */
const browser: Operator = { kind: "matches", pattern: "^Mozilla/5\\.0 \\([^'\"`]*$" };

/** What a text must satisfy for `@detectSQLi` to be in doubt. */
export const doubtfulSql: readonly [Further, ...Further[]] = [
  { operator: beyondArithmetic },
  { operator: beyondQuotedProse },
  { operator: beyondProse },
  { operator: browser, negated: true },
];

const SCRIPT_TAG = "applet|base|comment|embed|frame|handler|iframe|import|isindex|link|listener|meta|noscript|object|script|style|svg|vmlframe|xml|xsl|xss";
const ATTRIBUTE_START = "(?:^|[\\s/\"'`\\x00])";
const URL_ATTRIBUTE = "action|by|background|dynsrc|formaction|folder|from|handler|href|lowsrc|poster|src|to|values";

/**
 * What a text must satisfy for `@detectXSS` to be in doubt: a tag, declaration or comment that libinjection bans, or an
 * attribute that carries a script, a style or another attribute's name. Null characters are taken for no part of a name.
 */
export const doubtfulScript: readonly [Further, ...Further[]] = [
  {
    operator: matches(
      "\\x00",
      "<!doctype",
      `</?(?:${SCRIPT_TAG})`,
      "<(?:!(?:--)?|\\?|%|/[^a-z>]?)(?:\\[if|xml|import|entity)",
      "</`",
      "<(?:[!?%]|/[^a-z>]).*`",
      `${ATTRIBUTE_START}(?:on[^\\s/=>]{3,}|xmlns[^\\s/=>]*|xlink[^\\s/=>]*|dataformatas|datasrc|filter|style|attributename)\\s*=`,
      `${ATTRIBUTE_START}(?:${URL_ATTRIBUTE})\\s*=\\s*["'\`]?[\\x00-\\x20\\x7f-\\xff]*[&djv]`,
    ),
  },
];
