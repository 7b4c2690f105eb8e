import { partiesOf, type KeyedCreditor, type Party } from '../../domain/people/parties.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { CapacityStore, NamedCapacity } from '../ports/capacity-port.ts';
import type { ProxyStore } from '../ports/proxy-port.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Messenger } from '../ports/messenger-port.ts';
import type { CredentialChanges, MovedTelephone } from './credential-changes.ts';
import type { AccountLog, PersonRecord, PersonStore, SourcedCheck } from './ports.ts';
import type { Sessions } from './sessions.ts';

export interface PeopleSyncDeps {
  readonly people: PersonStore;
  readonly capacities: CapacityStore;
  readonly proxies: Pick<ProxyStore, 'listOfCase'>;
  readonly sessions: Sessions;
  readonly credentialChanges: Pick<CredentialChanges, 'tell'>;
  readonly audit: AuditTrail;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: AccountLog;
}

export interface ClaimsPeople {
  readonly caseId: string;
  readonly importId: string;
  /** Who confirmed the import. */
  readonly confirmedBy: string;
  readonly creditors: readonly KeyedCreditor[];
}

export interface SyncResult {
  readonly people: number;
  readonly added: number;
  readonly revoked: number;
  /** Creditors whose telephone is another one now; to be looked at before a roll is frozen. */
  readonly movedCreditorIds: readonly string[];
}

type Identity = Pick<PersonRecord, 'personId' | 'name' | 'mobile' | 'identityChecks'>;

/** Rows handled between two turns of the event loop. */
const SLICE = 500;

/**
 * Makes people and capacities follow the claims table in force: whoever it names can sign in and act, whoever
 * it no longer names has the capacity revoked and sessions ended. Repeating it changes nothing.
 */
export function createPeopleSync(deps: PeopleSyncDeps) {
  const { people, capacities, sessions, credentialChanges, audit, clock, ids } = deps;

  return async (table: ClaimsPeople): Promise<SyncResult> => {
    const { caseId, importId: causeId, confirmedBy } = table;
    const named = (await mapInSlices(table.creditors, partiesOf)).flat();
    const parties = await withoutBarredProxies(deps, caseId, named);
    const persons = await savePeople({ people, ids }, caseId, parties);
    const wanted = await toCapacities({ ids }, { caseId, parties, persons });
    const existing = await capacities.findByCase(caseId);
    const { added, stale } = await difference(existing, besideReviewed(existing, wanted));
    const moved = movedTelephones(stale, added);
    if (moved.length > 0)
      await credentialChanges.tell({ kind: 'TELEPHONE', caseId, causeId, confirmedBy, moved });
    const at = new Date(clock.now());
    await capacities.insert(added);
    await capacities.revoke(
      stale.map(({ capacityId }) => capacityId),
      at,
    );
    for (const personId of new Set(stale.map((capacity) => capacity.personId)))
      await sessions.endAllOf(personId);
    await tellOldNumbers(deps, moved);
    const result = { people: persons.size, added: added.length, revoked: stale.length };
    const movedCreditorIds = moved.map(({ creditorId }) => creditorId);
    const after = { ...result, movedCreditorIds };
    await audit.append({ at, actor: confirmedBy, action: 'people.sync', subject: `case:${caseId}`, after });
    return after;
  };
}

/** A proxy that was revoked or returned is not revived by a table that still names it; staff hold none (E13). */
async function withoutBarredProxies(
  { proxies, people }: PeopleSyncDeps,
  caseId: string,
  parties: readonly Party[],
): Promise<readonly Party[]> {
  const ended = (await proxies.listOfCase(caseId))
    .filter(({ state }) => state === 'revoked' || state === 'returned')
    .map(({ holder, creditorId }) => `${holder.mobile} ${creditorId}`);
  const staffMobiles = (await people.listStaff()).flatMap(({ mobile, staff }) => [mobile, staff?.mobile]);
  const isEnded = new Set(ended);
  const isOfStaff = new Set(staffMobiles);
  return parties.filter(
    ({ kind, mobile, creditorId }) =>
      kind !== 'proxy' || !(isEnded.has(`${mobile} ${creditorId}`) || isOfStaff.has(mobile)),
  );
}

/** Who acts on a reviewed document acts on it, whatever the table says of the same person and creditor. */
function besideReviewed(
  existing: readonly NamedCapacity[],
  wanted: readonly NamedCapacity[],
): readonly NamedCapacity[] {
  const keyOf = ({ personId, creditorId }: NamedCapacity) => `${personId} ${creditorId}`;
  const reviewed = existing.filter(({ proxy }) => proxy !== undefined);
  const keys = new Set(reviewed.map(keyOf));
  return [...reviewed, ...wanted.filter((capacity) => !keys.has(keyOf(capacity)))];
}

/** Maps a long list without holding the event loop for more than a slice. */
async function mapInSlices<T, R>(items: Iterable<T>, work: (item: T) => R): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) {
    results.push(work(item));
    if (results.length % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return results;
}

/** Saves one person for each number and returns them by number. Checks of other cases are kept. */
async function savePeople(
  deps: Pick<PeopleSyncDeps, 'people' | 'ids'>,
  caseId: string,
  parties: readonly Party[],
): Promise<ReadonlyMap<string, Identity>> {
  const byMobile = Map.groupBy(parties, (party) => party.mobile);
  const known = await deps.people.findByMobiles([...byMobile.keys()]);
  const knownByMobile = new Map(known.map((person) => [person.mobile, person]));
  const persons = await mapInSlices(byMobile, ([mobile, own]): Identity => {
    const person = knownByMobile.get(mobile);
    const others = person?.identityChecks.filter(({ source }) => source !== caseId) ?? [];
    const name = person?.name ?? own[0]?.name ?? '';
    const personId = person?.personId ?? deps.ids.next();
    return { personId, name, mobile, identityChecks: [...others, ...checksOf(caseId, own)] };
  });
  const dropped = (await deps.people.findByCheckSource(caseId))
    .filter(({ mobile }) => mobile === null || !byMobile.has(mobile))
    .map(({ personId, name, mobile, identityChecks }) => {
      return {
        personId,
        name,
        mobile,
        identityChecks: identityChecks.filter(({ source }) => source !== caseId),
      };
    });
  await deps.people.saveIdentities([...persons, ...dropped]);
  return new Map(persons.map((person) => [person.mobile ?? '', person]));
}

function checksOf(source: string, parties: readonly Party[]): readonly SourcedCheck[] {
  const distinct = new Map(parties.map(({ check }) => [`${check.name} ${check.idLast4}`, check]));
  return [...distinct.values()].map((check) => ({ source, ...check }));
}

/** One capacity for each person and creditor; a person who is both contact and proxy acts as contact. */
async function toCapacities(
  deps: Pick<PeopleSyncDeps, 'ids'>,
  table: { caseId: string; parties: readonly Party[]; persons: ReadonlyMap<string, Identity> },
): Promise<readonly NamedCapacity[]> {
  const { caseId, parties, persons } = table;
  const wanted = new Map<string, NamedCapacity>();
  await mapInSlices(parties, ({ creditorId, creditorName, kind, mobile }) => {
    const personId = persons.get(mobile)?.personId;
    const key = `${personId} ${creditorId}`;
    if (personId === undefined || wanted.has(key)) return;
    const whose = { caseId, personId, creditorId, creditorName };
    wanted.set(key, { capacityId: deps.ids.next(), ...whose, kind, expiresAt: null, revokedAt: null });
  });
  return [...wanted.values()];
}

const sameness = ({ personId, creditorId, creditorName, kind }: NamedCapacity) =>
  JSON.stringify([personId, creditorId, creditorName, kind]);

async function difference(existing: readonly NamedCapacity[], wanted: readonly NamedCapacity[]) {
  const before = await mapInSlices(existing, sameness);
  const after = await mapInSlices(wanted, sameness);
  const beforeSet = new Set(before);
  const afterSet = new Set(after);
  return {
    added: wanted.filter((_, index) => !beforeSet.has(after[index] ?? '')),
    stale: existing.filter((_, index) => !afterSet.has(before[index] ?? '')),
  };
}

/** Capacities of the creditor's own side that pass to another person, that is to another telephone. */
function movedTelephones(
  stale: readonly NamedCapacity[],
  added: readonly NamedCapacity[],
): readonly MovedTelephone[] {
  const gained = new Map(
    added.filter(({ kind }) => kind !== 'proxy').map((own) => [own.creditorId, own.personId]),
  );
  return stale.flatMap(({ kind, creditorId, creditorName, personId: formerPersonId }) => {
    const personId = gained.get(creditorId);
    if (kind === 'proxy' || personId === undefined || personId === formerPersonId) return [];
    return [{ creditorId, creditorName, formerPersonId, personId }];
  });
}

/** A number that is taken away from somebody without their knowledge would be a way to vote in their name. */
async function tellOldNumbers(deps: PeopleSyncDeps, moved: readonly MovedTelephone[]): Promise<void> {
  const former = new Set(moved.map(({ formerPersonId }) => formerPersonId));
  const persons = await deps.people.findByIds([...former]);
  const numbers = new Map(persons.map(({ personId, mobile }) => [personId, mobile]));
  for (const { formerPersonId, creditorName } of moved) {
    const to = numbers.get(formerPersonId);
    if (!to) continue;
    const text = `【债权人会议】${creditorName}登记的联系手机号已由管理人变更，您的手机号不再用于登录。如有疑问，请致电管理人。`;
    await deps.messenger
      .send({ channel: 'sms', to, text })
      .catch((error: unknown) => deps.log.warn({ err: error }, 'an SMS could not be handed over'));
  }
}
