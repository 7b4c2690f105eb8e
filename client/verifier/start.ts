/** Polyfills come before any module that uses them is run. */
import { installPolyfills } from './polyfills.ts';

installPolyfills();
