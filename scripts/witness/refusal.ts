/** Why a witness does not start or go on, in a sentence for the person in charge; no trace is shown. */
export class WitnessRefusal extends Error {}
