import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', 'data/**', 'coverage/**', '**/*.js', '**/*.cjs'] },
  // Written by the build. Nothing of them is linted, and nothing is said where they are named among the files of a change, as there is of an ignored one.
  { files: ['apps/web/src/api/schema.ts', 'apps/web/src/route-tree.gen.ts'], processor: { preprocess: () => [], postprocess: () => [] } },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Answers are plain data; their classes describe them for OpenAPI.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Nest's modules are classes with decorators and nothing inside.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    // The router is led elsewhere by what is thrown.
    files: ['apps/web/src/routes/**'],
    rules: {
      '@typescript-eslint/only-throw-error': [
        'error',
        { allow: [{ from: 'package', package: '@tanstack/router-core', name: 'Redirect' }] },
      ],
    },
  },
  {
    // What comes from a server or a log is shown by say(), and never obeyed by a terminal.
    files: ['apps/cli/src/**'],
    rules: { 'no-console': 'error' },
  },
);
