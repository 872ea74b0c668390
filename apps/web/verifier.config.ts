import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { verifierAlias } from './verifier-alias';

/** Builds the page that is put into each bundle, beside the pages: one file that asks for nothing. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [react(), inOneFile()],
  resolve: { alias: verifierAlias },
  build: {
    outDir: `${import.meta.dirname}/../../dist/web`,
    emptyOutDir: false,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: { input: `${import.meta.dirname}/verify.html`, output: { codeSplitting: false } },
  },
});

/** Writes script and style into the page, and a policy by which nothing else may run or be fetched. */
function inOneFile(): Plugin {
  return {
    name: 'in-one-file',
    enforce: 'post',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const outputs = Object.values(bundle);
        const page = outputs.find((output) => output.type === 'asset' && output.fileName === 'verify.html');
        const scripts = outputs.flatMap((output) => (output.type === 'chunk' ? [output.code] : []));
        const styles = outputs.flatMap((output) =>
          output.type === 'asset' && output.fileName.endsWith('.css') ? [String(output.source)] : [],
        );
        if (page?.type !== 'asset' || scripts.length !== 1 || styles.length !== 1) throw new Error('The verifier is not of one piece.');
        // Inside of a page neither may end its element.
        const script = (scripts[0] ?? '').replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
        const style = (styles[0] ?? '').replaceAll('</style', '<\\/style');
        const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
        page.source = String(page.source)
          .replace(/<script type="module"[^>]*><\/script>\s*/, '')
          .replace(/<link rel="stylesheet"[^>]*>\s*/, '')
          .replace(
            '<meta charset="utf-8" />',
            (charset) => `${charset}\n    <meta http-equiv="content-security-policy" content="${policy}" />`,
          )
          .replace('</head>', () => `<style>${style}</style>\n  </head>`)
          .replace('</body>', () => `<script type="module">${script}</script>\n  </body>`);
        for (const output of outputs) if (output !== page) Reflect.deleteProperty(bundle, output.fileName);
      },
    },
  };
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
