import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CODE = /\.(ts|tsx|mjs)$/;
const FUNCTION_NODES = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'MethodProperty',
]);

export interface MeasuredFunction {
  readonly file: string;
  readonly name: string;
  readonly lines: number;
  readonly isComponent: boolean;
}

interface Node {
  readonly type?: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [key: string]: unknown;
}

/** The code files below a top-level folder, as paths from the root of the project. */
export function listCode(folder: string): string[] {
  return listFolder(join(ROOT, folder)).map((path) => relative(ROOT, path));
}

function listFolder(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return listFolder(path);
      return CODE.test(name) && !name.endsWith('.d.ts') ? [path] : [];
    });
}

export function countLines(file: string): number {
  return readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n').length;
}

/** Every function of a file with its length in lines, its name as far as it has one. */
export function measureFunctions(file: string): MeasuredFunction[] {
  // SWC counts bytes from where the first statement begins; the semicolon makes that the file's first byte.
  const source = Buffer.from(`;${readFileSync(join(ROOT, file), 'utf8')}`);
  const program = parseSync(source.toString(), {
    syntax: 'typescript',
    tsx: file.endsWith('x'),
    target: 'es2024',
  });
  const base = program.span.start;
  const found: MeasuredFunction[] = [];
  const visit = (node: Node, nameFromParent: string): void => {
    const name = nameOf(node) ?? nameFromParent;
    if (FUNCTION_NODES.has(node.type ?? '')) {
      const span = (node['function'] as Node | undefined)?.span ?? node.span;
      const text = source.subarray((span?.start ?? base) - base, (span?.end ?? base) - base).toString();
      found.push({ file, name, lines: text.split('\n').length, isComponent: isComponent(file, name) });
    }
    for (const child of children(node)) visit(child, name);
  };
  visit(program as unknown as Node, basename(file));
  return found;
}

function isComponent(file: string, name: string): boolean {
  return file.endsWith('.tsx') && /^[A-Z]/.test(name);
}

function nameOf(node: Node): string | undefined {
  const named = (node['identifier'] ?? node['id'] ?? node['key']) as { value?: unknown } | undefined;
  return typeof named?.value === 'string' ? named.value : undefined;
}

function children(node: Node): Node[] {
  return Object.values(node).flatMap((value) => {
    if (Array.isArray(value)) return value.flatMap((item) => (isNode(item) ? [item] : []));
    return isNode(value) ? [value] : [];
  });
}

/** Also the holders without a type of their own, such as the `{spread, expression}` of an argument. */
function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
