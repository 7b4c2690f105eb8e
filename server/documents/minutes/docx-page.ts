/** Measures of the minutes' Word page. Twips are 1/1440 inch; font sizes are half points. */
export const MARGIN_TWIPS = {
  top: 1_560,
  bottom: 1_400,
  left: 1_360,
  right: 1_360,
  header: 850,
  footer: 850,
};
/** A4 is 11 906 twips wide. */
export const LINE_TWIPS = 11_906 - MARGIN_TWIPS.left - MARGIN_TWIPS.right;
export const SIZE = {
  body: 22,
  small: 18,
  code: 17,
  heading: 26,
  court: 28,
  title: 42,
  verdict: 32,
} as const;
export const GREY = '555555';
export const RULE = '777777';
