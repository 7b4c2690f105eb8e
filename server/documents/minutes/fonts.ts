/** The Chinese fonts of documents: whole TrueType files, of which only the characters that occur go out. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const PACKAGE = '@expo-google-fonts/noto-serif-sc';

export const REGULAR_FONT = require.resolve(`${PACKAGE}/400Regular/NotoSerifSC_400Regular.ttf`);
export const BOLD_FONT = require.resolve(`${PACKAGE}/700Bold/NotoSerifSC_700Bold.ttf`);
/** Family name in the files. */
export const FONT_FAMILY = 'Noto Serif SC';
