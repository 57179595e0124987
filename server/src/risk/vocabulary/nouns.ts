/** Nouns that change what a verb means: money, secrets, power. One word per entry, lower case, singular and plural where both occur. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Always about money. */
export const MONEY_NOUNS =
  words(`invoice invoices payment payments refund refunds payout payouts withdrawal withdrawals loan loans
  repayment collateral transfer transfers fund funds purchase purchases redemption checkout giftcard escrow`);

/** About money only where `MONEY_CONTEXT` is near: there are also sort orders and mailing-list subscriptions. */
export const MAYBE_MONEY_NOUNS = words(`order orders trade trades charge charges deposit deposits swap position
  positions margin leverage bid offer quote plan coin token tokens asset balance card swap stake`);

/** Makes a subscription one to messages, not to a paid plan. */
export const MESSAGE_CONTEXT =
  words(`notification notifications topic topics pubsub event events webhook webhooks push feed channel channels
  newsletter mailing queue alert alerts stream streams thread`);

/** Words of trading and billing, in a name, a description or the names of parameters. */
export const MONEY_CONTEXT =
  words(`trading trade spot margin futures crypto coin usdt usd eur btc wallet exchange broker portfolio stock stocks
  symbol leverage billing customer customers price prices currency amount_cents payment payments invoice merchant checkout subaccount staking
  stripe paypal binance coinbase quantity quoteorderqty timeinforce recvwindow buy sell`);

/** Verbs that commit to the money noun after them. */
export const COMMIT_VERBS =
  words(`create place new submit confirm finalize finalise send make add open cancel update modify amend replace
  accept approve issue execute close settle capture transfer collect generate set adjust change subscribe redeem batch pay post`);

/** Reading these gives away access. */
export const SECRET_NOUNS =
  words(`secret secrets password passwords credential credentials token tokens apikey keychain passphrase
  privatekey mnemonic seedphrase cookie cookies env dotenv certificate`);

/** Two-word secrets, as they stand in a name. */
export const SECRET_PAIRS =
  words(`api_key api_keys access_key access_keys private_key private_keys ssh_key ssh_keys signing_key signing_keys
  environment_variables env_vars env_var storage_state listen_key`);

/** Writing these changes who may do what, or where events go. */
export const POWER_NOUNS =
  words(`role roles permission permissions policy policies acl iam rbac webhook webhooks key keys apikey member members
  membership collaborator collaborators admin administrator credential credentials firewall secret secrets token tokens owner sudo scope scopes`);
