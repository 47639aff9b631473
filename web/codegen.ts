// Types of all documents in `src/`, from the graph's schema: nothing needs a running server.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: ['src/**/*.ts', 'src/**/*.tsx', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: {
          CountryCode: 'string',
          CurrencyCode: 'string',
          Date: 'string',
          DateTime: 'string',
          Decimal: 'string',
          Duration: 'string',
          Hash: 'string',
          JSON: 'unknown',
          Language: 'string',
          Seq: 'string',
          SubdivisionCode: 'string',
          URL: 'string',
          UUID: 'string',
        },
      },
    },
  },
};

export default config;
