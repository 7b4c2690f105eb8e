/**
 * Tells devices which of their units have voted. Who casts for a thousand creditors is sent what has changed, and
 * not a thousand rights a thousand times; and the device that casts has it in the answer, not in a message besides.
 */
import type { Entry } from '../protocol/entries.ts';
import type { BallotBody, BallotReply, ReceiptView, UnitRight, UnitRights } from '../protocol/room.ts';
import type { MeetingRoom } from '../services/conduct/meeting-room.ts';
import { rightsOfUnits } from '../services/conduct/rights.ts';
import { byDevice, votedUnits, type VotedUnit } from './affected.ts';
import type { Device } from './live-room.ts';

export class UnitNews {
  readonly #room: MeetingRoom;
  /** Who acts for a creditor: what one of them does changes what the others may. */
  readonly #byCreditor = new Map<string, Set<Device>>();
  /** Nonces of the ballots for which a device waits. */
  readonly #awaited = new Map<Device, Set<string>>();

  constructor(room: MeetingRoom) {
    this.#room = room;
  }

  /** Repeat it, after `remove`, when the capacities have changed. */
  add(device: Device): void {
    for (const { creditorId } of device.access.capacities) {
      const acting = this.#byCreditor.get(creditorId) ?? new Set();
      this.#byCreditor.set(creditorId, acting.add(device));
    }
  }

  remove(device: Device): void {
    for (const { creditorId } of device.access.capacities) {
      const acting = this.#byCreditor.get(creditorId);
      acting?.delete(device);
      if (acting?.size === 0) this.#byCreditor.delete(creditorId);
    }
  }

  actingFor(creditorId: string | undefined): Iterable<Device> {
    return this.#byCreditor.get(creditorId ?? '') ?? [];
  }

  /** To all who act for a unit of these ballots, but for persons to whom their whole view is sent. */
  send(entries: readonly Entry[], except: ReadonlySet<string>): void {
    const voted = votedUnits(entries, (unit) => this.#ownerOf(unit));
    for (const [device, votes] of byDevice(voted, (creditorId) => this.actingFor(creditorId))) {
      if (except.has(device.access.personId)) continue;
      const awaited = this.#awaited.get(device);
      for (const [resolutionId, units] of votes) {
        const news = awaited ? units.filter(({ nonce }) => !awaited.has(nonce)) : units;
        if (news.length > 0) this.#tell(device, resolutionId, news);
      }
    }
  }

  /** Casts by this device. Whatever happens, the device knows afterwards what was recorded until then. */
  async answer(
    device: Device,
    ballot: Pick<BallotBody, 'resolutionId' | 'unitId' | 'nonce'>,
    cast: () => Promise<ReceiptView>,
  ): Promise<BallotReply> {
    const { resolutionId, unitId, nonce } = ballot;
    const units = () => [{ resolutionId, unitId, nonce, creditorId: this.#ownerOf(ballot) ?? '' }];
    const awaited = this.#awaited.get(device) ?? new Set();
    this.#awaited.set(device, awaited.add(nonce));
    try {
      const receipt = await cast();
      return { ...receipt, rights: this.#room.isOpen ? this.#rightsOf(device, resolutionId, units()) : [] };
    } catch (error) {
      if (this.#room.isOpen) this.#tell(device, resolutionId, units());
      throw error;
    } finally {
      awaited.delete(nonce);
      if (awaited.size === 0) this.#awaited.delete(device);
    }
  }

  #tell(device: Device, resolutionId: string, units: readonly VotedUnit[]): void {
    const rights = this.#rightsOf(device, resolutionId, units);
    if (rights.length === 0) return;
    device.connection.notify('state:units', { resolutionId, rights } satisfies UnitRights);
  }

  #rightsOf({ access }: Device, resolutionId: string, units: readonly VotedUnit[]): UnitRight[] {
    return rightsOfUnits(this.#room, access, { resolutionId, units });
  }

  #ownerOf({ resolutionId, unitId }: Pick<VotedUnit, 'resolutionId' | 'unitId'>): string | undefined {
    return this.#room.rollOf(resolutionId)?.units.get(unitId)?.creditorId;
  }
}
