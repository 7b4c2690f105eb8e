import type { CaseSettings } from '../../../../server/protocol/case-settings.ts';

/** Shortest reference that says anything, as the server takes it. */
const REFERENCE_MIN = 4;

/** What is still to be filled in, in the order of the page, each place spelt as the server spells it. */
export function findUnfilled(settings: CaseSettings): string[] {
  const { silence, employeeMode, employeeRepresentativeId, exclusions, joinedHeads } = settings;
  const unfilled: string[] = [];
  const require = (isFilled: boolean, place: string) => {
    if (!isFilled) unfilled.push(`body/settings/${place}`);
  };
  if (silence.mode === 'CONSENT') {
    require(isReference(silence.reference), 'silence/reference');
    require(silence.types.length > 0, 'silence/types');
  }
  if (employeeMode === 'COLLECTIVE_ONE') {
    require(employeeRepresentativeId !== null, 'employeeRepresentativeId');
  }
  exclusions.forEach(({ creditorId, reference }, index) => {
    require(creditorId !== '', `exclusions/${index}/creditorId`);
    require(isReference(reference), `exclusions/${index}/reference`);
  });
  joinedHeads.forEach(({ representativeId, creditorIds, reference }, index) => {
    require(representativeId !== '', `joinedHeads/${index}/representativeId`);
    require(creditorIds.length > 0, `joinedHeads/${index}/creditorIds`);
    require(isReference(reference), `joinedHeads/${index}/reference`);
  });
  return unfilled;
}

const isReference = (text: string): boolean => text.trim().length >= REFERENCE_MIN;
