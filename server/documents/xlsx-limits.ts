/** Limits of what is read out of an uploaded workbook, whatever its file says about itself. */

/** All parts together after inflating. A table of 60 000 rows × 40 columns is about 120 MB. */
export const MAX_INFLATED_BYTES = 200 * 1024 * 1024;
export const MAX_ROWS = 60_000;
export const MAX_COLUMNS = 64;
/** Parts in the archive; a workbook has some ten. */
export const MAX_ARCHIVE_PARTS = 1_000;
/** What Excel itself allows in a cell. */
export const MAX_CELL_CHARACTERS = 32_767;
export const MAX_MERGED_RANGES = 60_000;
