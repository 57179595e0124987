/** The policies that fit a server, one for each profile: new ones, or what would change in the one that is there. */
import type { Catalog } from '../../catalog/index.ts';
import { changesBetween } from '../../policy/index.ts';
import {
  countOutcomes,
  planPolicy,
  PROFILES,
  reviewPolicy,
  writePolicy,
  type Profile,
} from '../../recommendation/index.ts';
import type { PolicyOffer, PolicyOffersResult } from '../../protocol/language.ts';
import type { PolicyView } from '../document/policy-view.ts';

export function offerPolicies(catalog: Catalog, server: string): PolicyOffersResult {
  const offers: PolicyOffer[] = [];
  for (const profile of PROFILES) {
    const plan = planPolicy(catalog, profile);
    const written = writePolicy(plan, profile, server);
    if (!written.ok) return { kind: 'refused', problem: written.problem };
    offers.push({ profile, text: written.text, edits: [], counts: countOutcomes(plan.tools), removed: 0 });
  }
  return { kind: 'offers', tools: catalog.tools.length, offers };
}

/** The profile that the policy keeps to stands first. */
export function offerChanges(view: PolicyView, catalog: Catalog): PolicyOffersResult {
  const own = reviewPolicy({ text: view.text, catalog });
  const problem = own.ok ? undefined : own.problems[0]?.message;
  if (!own.ok) return { kind: 'refused', problem: problem ?? '' };
  const first = own.review.profile;
  const profiles = [first, ...PROFILES.filter((profile) => profile !== first)];
  const offers = profiles.flatMap((profile) => offerChange(view, catalog, profile));
  return { kind: 'offers', tools: catalog.tools.length, base: view.text, offers };
}

function offerChange(view: PolicyView, catalog: Catalog, profile: Profile): readonly PolicyOffer[] {
  const reviewing = reviewPolicy({ text: view.text, catalog, profile });
  if (!reviewing.ok) return [];
  const { text, added, vanished } = reviewing.review;
  const edits = changesBetween(view.text, text).map((change) => ({
    range: view.range(change.span),
    newText: change.text,
  }));
  const removed = vanished.filter((each) => each.removed).length;
  return [{ profile, text, edits, counts: countOutcomes(added), removed }];
}
