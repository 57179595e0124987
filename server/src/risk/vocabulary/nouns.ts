/** Nouns that show what a name is about: what is read, money, secrets, power. One word per entry, lower case, singular and plural where both occur. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Nouns of several words whose parts are verbs elsewhere; joined with `_`. */
export const NOUN_PHRASES =
  words(`pull_request pull_requests merge_request merge_requests feature_request feature_requests time_off_request
  network_request network_requests http_requests service_requests access_requests join_requests connection_requests
  open_orders open_issues open_positions open_tickets open_tasks open_incidents open_alerts
  open_trades open_invoices open_interest open_cases open_tabs open_api order_book order_books order_id order_ids order_details
  test_case test_cases test_suite test_suites test_plan test_plans test_run test_runs test_result test_results check_run check_runs check_suite
  release_note release_notes commit_message commit_messages post_mortem post_mortems sort_order work_order work_orders
  drop_rate close_price closing_price price_change price_changes call_graph call_hierarchy call_tree call_stack process_tree
  access_token access_tokens share_price trade_volume transfer_fee transfer_fees deposit_address deposit_addresses withdrawal_address
  payment_link_url label_names tag_names build_log build_logs run_log run_logs run_details sign_in_logs sign_in_events
  change_log change_logs change_sets change_set release_tag data_set read_receipt read_receipts read_replica read_replicas write_off
  stop_loss take_profit like_count comment_count post_count set_point to_do to_dos add_on add_ons plug_in sign_up_form check_list
  link_preview`);

/** As the last word of a name these say what is read: `deposit_history`, `order_status`. They outweigh a money verb before them, and no other. */
export const READ_NOUNS =
  words(`history status info information detail details list lists stats statistics balance balances summary summaries report reports logs log metrics schema
  count counts url record records statement book ticker tickers price prices rate rates limit limits quota usage version versions time depth klines
  docs documentation overview analytics data results result options fees fee asset assets position positions transactions trades orders
  insights items members users permissions screenshot snapshot id ids name names plans methods messages requests logs tables columns directions
  matrix elevation leaderboard feed timeline calendar catalog inventory transcript indicator indicators variables constants instructions rules
  spec specs lookup search query queries events tickets notes volume candles chart charts headlines news tree graph topology definition
  definitions references symbols diagnostics errors alerts capabilities categories topics people followers following trends trending
  forecast weather distance route routes population specification pricing availability reviews review suggestions recommendations
  conversion difference pdf tips manifest changelog notes policy progress health uptime`);

/** As the first word of a name these say of which things something is told: `current_user`, `latest_posts`. */
export const READ_ADJECTIVES = words('current latest available recent upcoming nearby');

/** What a thing has rather than what is done to it: `run_history`, `call_logs`. Before these, a word that is also a noun is one. */
export const STATE_NOUNS =
  words(`history status state stats statistics count counts detail details info information metrics usage logs events summary overview timeline
  progress errors types type category categories id ids list lists transcript transcripts recordings`);

/** The same, for words of money: `order_book`, `deposit_fees`. */
export const MARKET_NOUNS =
  words(`list book books price prices quote ticker rate rates limit limits fee fees address addresses volume volumes record records quota schedule
  method methods report reports log pairs pair symbols symbol market markets hours value values options terms rules name names stats balance`);

/** Always about money. */
export const MONEY_NOUNS =
  words(`invoice invoices payment payments refund refunds payout payouts withdrawal withdrawals loan loans
  repayment collateral fund funds purchase purchases redemption checkout giftcard escrow money payroll settlement settlements payable
  payables leverage remittance donation donations credit_note journal_entry bank_transaction purchase_order purchase_orders vendor_bill
  sale_order sales_order bill bills payment_intent`);

/** About money only where `MONEY_CONTEXT` is near: there are also sort orders and mailing-list subscriptions. */
export const MAYBE_MONEY_NOUNS = words(`order orders trade trades charge charges deposit deposits swap position
  positions margin bid offer quote plan coin token tokens asset balance card stake transfer transfers fee fees`);

/** Makes a subscription one to messages, not to a paid plan. */
export const MESSAGE_CONTEXT =
  words(`notification notifications topic topics pubsub event events webhook webhooks push feed channel channels
  newsletter mailing queue alert alerts stream streams thread graphql resource resources`);

/** Words of trading and billing, in a name, a description or the names of parameters. */
export const MONEY_CONTEXT =
  words(`trading trade spot margin futures crypto coin usdt usd eur btc wallet exchange broker brokerage portfolio stock stocks
  symbol leverage billing customer customers price prices currency amount_cents payment payments invoice merchant checkout subaccount staking
  stripe paypal binance coinbase kraken alpaca quantity quoteorderqty timeinforce recvwindow buy sell shares ticker cart shop store amount qty
  shipping bank`);

/** Verbs that commit to the money noun after them. */
export const COMMIT_VERBS =
  words(`create place new submit confirm finalize finalise send make add open cancel update modify amend replace
  accept approve issue execute close settle capture transfer collect generate set adjust change subscribe redeem batch pay post complete
  edit initiate schedule process record void claim supply lend email give top initiate release run`);

/** With one of `ORDERING_VERBS` these are an obligation wherever they end a name, but for the orders and transfers of other things. */
export const ORDERED_NOUNS = words(`order orders transfer transfers`);
export const ORDERING_VERBS = words(
  `create place new submit complete confirm initiate schedule execute make approve replace`,
);
export const OTHER_ORDERS =
  words(`sort display work tab column rank list priority stacking field file data domain call stock inventory ownership lab
  reading service merge block z`);

/** Secrets: reading these gives away access. */
export const SECRET_NOUNS =
  words(`secret secrets password passwords passwd credential credentials token tokens apikey apikeys keychain passphrase otp totp kubeconfig
  privatekey mnemonic seedphrase cookie cookies env dotenv certificate`);

/** Two-word secrets, as they stand in a name. */
export const SECRET_PAIRS =
  words(`api_key api_keys access_key access_keys private_key private_keys ssh_key ssh_keys signing_key signing_keys secret_key secret_keys
  environment_variables environment_variable env_vars env_var storage_state listen_key recovery_codes backup_codes seed_phrase connection_string
  service_account account_key account_keys deploy_key deploy_keys host_key master_key encryption_key license_key`);

/** Writing these changes who may do what, or where events go. */
export const POWER_NOUNS =
  words(`role roles permission permissions policy policies acl iam rbac webhook webhooks key keys apikey member members
  membership collaborator collaborators admin admins administrator credential credentials firewall secret secrets token tokens owner ownership
  sudo scope scopes mfa password passwords privilege privileges ingress egress allowlist sso saml`);

/** Things that run: ending one is destructive, and it is also control of a process. */
export const PROCESS_NOUNS =
  words(`run runs job jobs build builds workflow workflows process processes pipeline pipelines execution executions kernel instance instances
  container containers query command server cluster session sandbox app pod pods vm service deployment`);
