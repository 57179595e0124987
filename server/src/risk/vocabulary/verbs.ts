/**
 * The verbs that show what a tool does. To teach the classifier a verb, add it to a line here.
 *
 * `strong`: a verb wherever it stands in a name. `lead`: a verb where it begins a name ("set", "open"), uncertain elsewhere.
 * `edge`: also a noun ("order", "comment"); as the first word a verb unless the name ends with what is read, as the last word perhaps.
 * `text`: counts only as the leading verb of a description. Words are lower case; their inflected forms ("deletes", "deleting") are derived.
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
    strong: `get fetch read retrieve search find describe lookup inspect enumerate browse explore discover calculate compute compare
      analyze analyse validate verify preview summarize summarise estimate ping whoami diff stat ls recall detect lint parse tail peek poll
      scrape crawl translate ask suggest recommend classify forecast predict introspect traverse glob grep locate decompile disassemble`,
    lead: `list show view check query count download export explain extract print aggregate look take wait measure help monitor watch scan`,
    edge: `screenshot snapshot status audit test profile quote trace sleep highlight filter lists head cat info schema stats capture`,
    text: `return provide give display tell obtain access pull gather collect identify determine examine report observe review perform load
      convert view dump output paginate surface`,
  },
  Write: {
    strong: `create update add insert upsert edit modify patch save write upload append rename move assign unassign attach enable configure
      register subscribe unsubscribe follow unfollow submit approve reject toggle invite annotate duplicate replace increment decrement
      migrate provision initialize initialise transition snooze dismiss reopen publish unarchive ingest overwrite adjust enroll allow grant
      allocate authorize authorise mkdir touch reorder bookmark pin unpin mute unmute unblock acknowledge resize rebase fork
      associate memorize remember rotate customize click tap hover drag press scroll emulate simulate`,
    lead: `set put post mark change apply undo redo sync push merge commit close lock unlock share import archive restore revert reply
      complete finish make build generate define connect respond react place copy convert accept manage handle suspend adopt activate fill
      pause resume leave join resolve select type store clone upgrade switch wrap unwrap stage vote rate`,
    edge: `open comment log link label tag star schedule draft design record request note plan new checkout delegate format index confirm block split`,
    text: `establish prepare resolve`,
  },
  Execute: {
    strong: `run execute exec invoke trigger restart deploy redeploy launch eval evaluate dispatch rerun retry navigate spawn reboot send
      notify broadcast render synthesize transcribe perform orchestrate rollback scale drain cordon`,
    lead: `start stop call play install compile boot wake`,
    edge: `email text message train dial queue process stream swipe shell bash terminal action`,
    text: `begin initiate drive operate`,
  },
  Destructive: {
    strong: `delete remove destroy drop purge wipe erase truncate terminate revoke uninstall cancel kill unlink evict prune flush nuke rm rmdir
      del shred unpublish unregister deregister delist discard obliterate empty deprovision decommission teardown unset wipeout expunge`,
    lead: `clear reset ban kick disable deactivate detach abort void forget expire clean`,
    edge: `trash cleanup`,
    text: `tear`,
  },
  Financial: {
    strong: `pay buy sell refund withdraw purchase redeem repay borrow donate stake unstake prepay liquidate payout remit reimburse tip`,
    lead: `invest mint lend settle`,
    edge: `transfer trade charge order deposit swap bid`,
    text: ``,
  },
};

/** As the last word of a name these say what is read: `deposit_history`, `order_status`. They outweigh a money verb before them, and no other. */
export const READ_NOUNS = new Set(
  `history status info information detail details list lists stats statistics balance balances summary summaries report reports logs log metrics schema
   count counts url record records statement book ticker price prices rate rates limit limits quota usage version versions time depth klines
   docs documentation overview analytics data results result options fees fee asset assets position positions transactions trades orders
   insights items members users permissions screenshot snapshot id ids name names`.split(/\s+/),
);

/** Verbs of reading that are never nouns: what follows them is what gets read, as in `wallet_get_delist_schedule`. */
export const PLAIN_READS = new Set(['get', 'fetch', 'retrieve']);

/** Words that join two verbs in a name: `create_or_update`. */
export const CONJUNCTIONS = new Set(['or', 'and', 'then', 'n']);
