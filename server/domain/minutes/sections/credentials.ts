/** Who can sign in was changed by somebody else's hand (record.md, "What each part stops"). */
import { entriesOf, type Recorded } from '../../record/history/meeting-history.ts';
import type { MinutesSource } from '../source.ts';
import { roleWords } from '../words.ts';

/** Creditors named in a line; an import may change the telephones of thousands. */
const NAMED_MAX = 20;

type Reset = Recorded<'credential.reset'>;

/** What each import or request changed, one line each, by the number of its first entry. */
export function credentialLines(source: MinutesSource): ReadonlyMap<string, string> {
  const byCause = Map.groupBy(entriesOf(source.history, 'credential.reset'), ({ body }) => body.causeId);
  return new Map(
    [...byCause.values()].flatMap((resets) => {
      const [first] = resets;
      if (first === undefined) return [];
      const line =
        first.body.kind === 'TELEPHONE' ? telephoneLine(source, resets) : factorsLine(source, first);
      return [[first.seq, line] as const];
    }),
  );
}

function telephoneLine({ names }: MinutesSource, resets: readonly Reset[]): string {
  const creditorIds = [...new Set(resets.flatMap(({ body }) => body.creditorId ?? []))];
  const named = creditorIds.slice(0, NAMED_MAX).map((creditorId) => names.creditor(creditorId));
  const others = creditorIds.length > named.length ? '等' : '';
  const role = roleWords[resets[0]?.body.actor.role ?? 'administrator-lead'];
  return `${role}随债权表变更 ${creditorIds.length} 名债权人登记的手机号（${named.join('、')}${others}），原手机号不再用于登录。`;
}

function factorsLine({ names }: MinutesSource, { body }: Reset): string {
  const { personId, actor, secondActor } = body;
  const confirmed = secondActor === undefined ? '' : `、${roleWords[secondActor.role]}确认`;
  return `${names.person(personId)} 的密码和动态口令经${roleWords[actor.role]}申请${confirmed}后重置。`;
}
