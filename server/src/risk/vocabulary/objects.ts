/**
 * Verbs whose object decides: one runs payroll, a report, or code. Of a verb's line the last word of the object counts where it makes the tool
 * harmless (Read), any word of it where it does not. Words are lower case. What no line names keeps the category of verbs.ts;
 * a word that verbs.ts does not have ("issue") is a verb only with an object of its line.
 */
import type { Category } from '../../policy/vocabulary.ts';

export type ObjectRules = Readonly<Partial<Record<Category, ReadonlySet<string>>>>;

const CRYPTO = `eth btc sol usdc usdt bnb matic crypto token tokens erc20 erc721 nft nfts coin coins lamports ether bitcoin spl jetton`;
const CASH = `money funds cash payment payments payout payouts payroll salary salaries bonus invoice invoices refund refunds bill bills
  deposit loan loans transaction transactions tx withdrawal withdrawals expense expenses purchase purchases`;
/** The last two words of an object: a query that cannot change anything. */
const READING_QUERIES = `read_query readonly_query only_query promql_query logql_query nrql_query soql_query jql_query kql_query gaql_query
  wiql_query esql_query traceql_query`;
const LOOKING = `report reports search searches analysis analytics lookup audit diagnostics summary benchmark comparison forecast`;

const TABLE: Readonly<Record<string, Partial<Record<Category, string>>>> = {
  run: { Financial: `payroll`, Read: `report reports search searches ${READING_QUERIES}` },
  execute: {
    Financial: `trade trades swap order transfer payment payments payout`,
    Read: `search searches report reports ${READING_QUERIES}`,
  },
  perform: { Read: LOOKING },
  send: {
    Financial: `money payment payments funds cash crypto eth btc sol usdc usdt ether bitcoin tokens erc20 tip lamports nft transaction invoice`,
  },
  transfer: {
    Financial: `${CASH} ${CRYPTO} balance`,
    Write: `issue issues file files call calls ownership owner playback project projects repository repo stock inventory chat ticket tickets
      conversation conversations app task tasks data lead leads contact contacts host session device number workspace folder cards domain`,
  },
  approve: {
    Financial: `token tokens allowance spending spender erc20 payment payments payroll invoice invoices expense expenses transfer transfers withdrawal
      payout payouts purchase bill loan`,
  },
  sign: { Financial: `transaction transactions tx message messages typed psbt userop` },
  claim: { Financial: `reward rewards airdrop fees yield dividend dividends bonus` },
  bridge: { Financial: CRYPTO },
  wrap: { Financial: CRYPTO },
  unwrap: { Financial: CRYPTO },
  exchange: { Financial: `currency currencies money crypto coin coins` },
  convert: {
    Financial: `dust crypto coins`,
    Read: `units unit currency currencies time timezone timezones period temperature number numbers base date dates
      timestamp coordinates address color colour`,
  },
  build: {
    Execute: `project sim simulator app target image device macos ios android scheme package workspace solution container docker`,
  },
  book: {
    Financial: `flight flights hotel hotels trip trips ticket tickets stay ride rides car seat cruise tour travel train taxi airbnb`,
  },
  rebook: { Financial: `flight flights hotel trip` },
  upgrade: { Financial: `plan subscription membership` },
  reserve: { Financial: `flight hotel ticket tickets seat` },
  request: { Financial: `ride money payment payout loan withdrawal`, Read: `info information status` },
  renew: { Financial: `domain domains subscription plan membership policy` },
  register: { Financial: `domain domains` },
  issue: { Financial: `${CASH} card cards giftcard` },
  give: { Financial: `bonus raise money tip` },
  schedule: { Financial: `payment payments transfer payout payroll` },
  initiate: { Financial: `payment payments transfer withdrawal payout refund deposit` },
  supply: { Financial: `collateral asset assets liquidity ${CRYPTO}` },
  place: { Execute: `call`, Financial: `order orders bet bid trade` },
  make: { Execute: `call request`, Financial: `payment payments purchase donation deposit transfer` },
  create: { Execute: `run execution` },
  submit: { Execute: `run job`, Financial: `otp payment payments` },
  resolve: {
    Read: `id ids name names username username url urls address dns ens ref reference references path host hostname symbol variable variables query
      placeholder link assignees users user handle shortlink domain type types schema redirect redirects short`,
  },
  generate: {
    Read: `url urls link links deeplink deeplinks types query queries preview hash uuid uuids guid embedding embeddings suggestion suggestions insight insights
      recommendation recommendations summary explanation diff password qrcode`,
  },
  take: { Read: `screenshot snapshot heapsnapshot photo picture` },
  capture: { Financial: `payment payments charge authorization order intent` },
  collect: { Financial: `payment payments` },
  release: { Destructive: `number address ip eip`, Financial: `payment funds escrow` },
  open: { Execute: `url urls link browser app application page tab simulator sim`, Read: `nodes` },
  close: { Financial: `position positions` },
  test: {
    Read: `connection connections credentials auth authentication proxy regex regexp query order pattern connectivity`,
  },
  reset: {
    Write: `password passwords mfa factors filter filters view zoom timer status viewport pagination layout parent`,
  },
  clear: { Write: `filter filters selection status highlight highlights formatting breakpoint breakpoints assignee` },
  simulate: { Read: `transaction transactions trade swap order bundle policy policies transfer call payment payments` },
  load: { Read: `page file document documents memory memories` },
  start: { Read: `search`, Write: `transaction timer tracking conversation thread` },
  stop: { Write: `timer tracking` },
  validate: { Financial: `invoice` },
};

function asSets(rules: Partial<Record<Category, string>>): ObjectRules {
  return Object.fromEntries(
    Object.entries(rules).map(([category, words]) => [
      category,
      new Set(words.split(/\s+/).filter((word) => word !== '')),
    ]),
  );
}

export const OBJECT_RULES: ReadonlyMap<string, ObjectRules> = new Map(
  Object.entries(TABLE).map(([verb, rules]) => [verb, asSets(rules)]),
);
