/** Words of the staff pages. */
export const catalogue = {
  staff: {},
} as const;
