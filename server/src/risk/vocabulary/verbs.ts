/**
 * The verbs that show what a tool does. To teach the classifier a verb, add it to a line here; a verb of several words is joined with `_`.
 *
 * `strong`: a verb wherever it stands in a name. `lead`: a verb where it begins a name ("set"), uncertain elsewhere.
 * `edge`: as often a noun ("order", "comment"): as the first word a verb, unless what follows belongs to the noun ("order history").
 * `text`: counts only as the leading verb of a description. Words are lower case; inflected forms ("deletes", "deleting") and British "-ise" are derived.
 * Where the object decides ("run payroll", "run report"), objects.ts has the last word.
 */
import type { Category } from '../../policy/vocabulary.ts';

interface VerbTable {
  readonly strong: string;
  readonly lead: string;
  readonly edge: string;
  readonly text: string;
}

export const VERB_TABLE: Readonly<Record<Category, VerbTable>> = {
  Read: {
    strong: `get fetch read retrieve search find describe lookup look_up inspect enumerate browse explore discover calculate compute compare contrast
      analyze validate verify preview summarize estimate ping whoami who_am_i ls recall detect parse peek poll scrape crawl
      translate ask suggest recommend classify forecast predict introspect traverse glob grep locate decompile disassemble geocode decode
      examine identify infer investigate deduce correlate diagnose dry_run autocomplete tokenize tally excerpt go_to_definition hget hgetall lrange smembers zrange
      dig whois think`,
    lead: `list show view check query count download export explain extract print aggregate look wait measure help monitor watch scan display
      obtain determine observe gather collect track tail lint diff stat rank`,
    edge: `screenshot snapshot status audit profile quote trace sleep highlight filter lists head cat info schema stats capture review tree reason
      forecast weather`,
    text: `return provide give tell access pull report load convert dump output paginate surface resolve learn visualize take obtain map
      outline receive echo iterate simulate`,
  },
  Write: {
    strong: `create update add insert upsert edit modify patch save write upload append prepend rename move assign unassign reassign attach enable
      configure reconfigure register subscribe unsubscribe follow unfollow submit approve reject deny toggle invite annotate duplicate replace increment
      decrement migrate provision initialize transition snooze unsnooze dismiss reopen publish unarchive ingest overwrite adjust enroll allow
      grant allocate authorize mkdir touch reorder bookmark pin unpin unmute unblock unban acknowledge resize rebase associate disassociate
      memorize remember rotate customize click tap hover drag drag_and_drop press scroll emulate categorize prioritize escalate
      reschedule renew relocate remap relabel retag untag unlike retweet upvote downvote crosspost repost untrash undelete unhide unfreeze
      unsuspend unlock activate deactivate reactivate disable promote demote whitelist blacklist allowlist denylist quarantine isolate
      disconnect reconnect login logout log_in log_out sign_in sign_out sign_up check_in clock_in clock_out opt_in opt_out set_up setup scaffold bootstrap
      populate seed reindex regenerate rewrite refactor reformat normalize consolidate deduplicate synchronize replicate
      encrypt redact mask anonymize compress decompress zip unzip untar unstage stash chmod chown symlink enqueue requeue ack nack hset sadd
      zadd lpush rpush xadd setex mset incr decr mv cp upd hire impersonate waive reconcile autofix rebalance refill
      mark_as fill_out fill_in check_off turn_into back_up unmount unassociate ungroup uncomplete reinstate fulfill
      upscale downscale vectorize nominate`,
    lead: `set put take mark apply undo redo sync push close restore revert reply complete finish make generate define connect respond react accept manage
      handle suspend adopt fill pause resume leave join resolve select wrap unwrap renew refresh prepare introduce amend arrange bind unbind combine
      crop decline draw enter expand extend fix flip freeze group hide include exclude increase decrease inject keep like dislike lift lower
      raise maximize minimize mute optimize organize override paste protect unprotect rebuild reduce repair
      reserve restrict rewind route shorten shuffle silence solve transform trim tune turn use detach
      star unstar skip boost authenticate convert cast persist  claim adapt
      calibrate compose tweak align redirect preserve propose acquire ship`,
    edge: `open comment log link label tag schedule draft design record request note plan new delegate format index confirm block split post change
      commit import archive build place copy type store upgrade switch stage vote rate lock share merge fork clone pin map
      flag queue mount alias patch mock batch release sort upload archive touch checkpoint mirror bridge exchange unpublish retire sign book forward
      like cache backup rebase enlist favorite`,
    text: `establish prepare enter introduce bring`,
  },
  Execute: {
    strong: `execute exec invoke trigger restart redeploy relaunch eval evaluate dispatch rerun retry navigate spawn reboot send resend notify
      broadcast synthesize transcribe perform orchestrate rollback roll_back drain cordon recompile interrupt sudo powershell
      turn_on turn_off power_on power_off power_cycle shut_down shutdown go_back go_forward go_live bring_up spin_up boot_up sbatch
      make_call place_call run_now force_run fast_forward hibernate wake_up recrawl resubmit autoscale failover fail_over halt`,
    lead: `start stop play install reinstall compile boot wake go reload render scale arm disarm drive continue step skip_to`,
    edge: `run call email text message train dial queue process stream swipe shell bash terminal action deploy launch test job print animate curl
      script cmd command backfill replay fire`,
    text: `begin initiate operate`,
  },
  Destructive: {
    strong: `delete remove destroy drop purge wipe erase truncate terminate revoke uninstall cancel kill evict prune flush flushall flushdb nuke rm rmdir
      del shred unregister deregister delist discard obliterate deprovision decommission teardown tear_down unset wipeout wipe_out expunge
      dissolve eliminate eradicate annul rescind scrap dismantle disband deallocate undefine invalidate expel clean_up hang_up hangup
      hdel srem zrem xdel lpop rpop spop force_delete hard_delete rm_rf end_call end_meeting end_session`,
    lead: `clear reset unlink ban kick abort void forget expire clean empty end`,
    edge: `trash cleanup burn`,
    text: `tear`,
  },
  Financial: {
    strong: `pay buy sell withdraw redeem repay borrow prepay liquidate remit reimburse top_up cash_out unstake restake donate
      send_money send_payment send_transaction send_raw_transaction sign_transaction broadcast_transaction broadcast_tx send_tx sign_tx exec_tx
      place_order open_position close_position modify_position close_all_positions flatten_positions issue_card write_contract`,
    lead: `invest mint lend settle`,
    edge: `transfer trade charge order deposit swap bid refund purchase stake payout tip wire checkout rent airdrop`,
    text: ``,
  },
};

/** Verbs of reading that are never nouns: what follows them is what gets read, as in `wallet_get_delist_schedule`. */
export const PLAIN_READS = new Set(['dry_run', 'get', 'fetch', 'retrieve', 'find', 'describe', 'hget']);

/** Words that begin a question: `can_delete` tells whether it may, and deletes nothing. */
export const QUESTIONS = new Set([
  'is',
  'has',
  'can',
  'should',
  'does',
  'supports',
  'exists',
  'how',
  'what',
  'when',
  'where',
  'which',
  'who',
  'why',
]);

/** Words that join two verbs in a name: `create_or_update`. */
export const CONJUNCTIONS = new Set(['or', 'and', 'then']);

/** Where the object of a verb ends: `take_screenshot_of_page`. */
export const PREPOSITIONS = new Set('by for from to of with in on at into via as using between per about'.split(' '));

/** Nouns made of verbs, and their verb: "performs a deletion", `user_deletion`. */
export const VERBAL_NOUNS: ReadonlyMap<string, string> = new Map(
  `deletion:delete removal:remove creation:create cancellation:cancel revocation:revoke termination:terminate withdrawal:withdraw purchase:buy
  deployment:deploy installation:install execution:execute invocation:invoke activation:activate registration:register migration:migrate
  analysis:analyze lookup:lookup search:search searches:search calculation:calculate comparison:compare validation:validate
  verification:verify retrieval:retrieve extraction:extract inspection:inspect estimation:estimate forecast:forecast check:check scan:scan
  audit:audit query:query aggregation:aggregate discovery:discover research:search update:update insertion:insert`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

/** Verbs that say only that something is done; the noun after them says what. */
export const GENERIC_VERBS = new Set(['perform', 'execute', 'run', 'conduct', 'carry', 'do', 'make']);
