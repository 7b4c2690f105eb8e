/**
 * Builds the offline verifier into one file, `dist/client/verifier.html`: script and style stand in the page,
 * which works from `file:` and asks no network. Run after the client's own build.
 */
import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';

const TITLE = '债权人会议记录核验';

function page(script: string, style: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLE}</title>
<style>${style}</style>
</head>
<body>
<main id="verifier"><p>此页需要启用脚本（JavaScript）。</p></main>
<script>${script}</script>
</body>
</html>
`;
}

/** Puts what was built into the page and leaves nothing beside it. */
function onePage(): Plugin {
  return {
    name: 'one-page',
    enforce: 'post',
    generateBundle(_options, bundle) {
      let script = '';
      let style = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code;
        else if (name.endsWith('.css')) style += String(file.source);
        delete bundle[name];
      }
      // Within a script only this would end it.
      const inPlace = script.replaceAll('</script', '<\\/script');
      this.emitFile({ type: 'asset', fileName: 'verifier.html', source: page(inPlace, style) });
    },
  };
}

export default defineConfig({
  plugins: [onePage()],
  publicDir: false,
  build: {
    outDir: '../../dist/client',
    emptyOutDir: false,
    // The first browsers with whole numbers of any size (BigInt): 2018.
    target: ['chrome67', 'firefox68', 'safari14'],
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: {
      input: new URL('main.ts', import.meta.url).pathname,
      output: { format: 'iife', entryFileNames: 'verifier.js' },
    },
  },
});
