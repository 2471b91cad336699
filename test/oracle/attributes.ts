import { dateOf, type FirmRow, type UserRow } from './data.ts';
import type { Keys } from './keys.ts';
import { periodOf } from './periods.ts';

/** Dimensions that a firm has, active or not. */
export const FIRM_FIELDS: readonly string[] = ['firm', 'firmSizeBand', 'arrBand', 'firmCohortMonth'];
/** Dimensions that a user has. */
export const USER_FIELDS: readonly string[] = ['user', 'title', 'userCohortMonth'];

export function firmKeys({ id, size, arrInThousands, created }: FirmRow): Keys {
  return {
    firm: id,
    firmSizeBand: sizeBand(size),
    arrBand: arrBand(arrInThousands),
    firmCohortMonth: periodOf('month', dateOf(created)),
  };
}

export function userKeys({ id, title, created }: UserRow): Keys {
  return { user: id, title, userCohortMonth: periodOf('month', dateOf(created)) };
}

function sizeBand(seats: number): string {
  if (seats < 50) return 'SEATS_1_TO_49';
  if (seats < 100) return 'SEATS_50_TO_99';
  return seats < 250 ? 'SEATS_100_TO_249' : 'SEATS_250_AND_MORE';
}

function arrBand(thousands: number): string {
  if (thousands < 75) return 'BELOW_75K';
  if (thousands < 150) return 'FROM_75K_TO_150K';
  return thousands < 300 ? 'FROM_150K_TO_300K' : 'FROM_300K';
}
