/**
 * Puts mermaid beside the reference in build/docs, for its diagrams. One file of its npm package is enough; as a dependency it would
 * bring 116 packages of 201 MB to everybody who installs this repository.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchSources } from '../../packages/vision/scripts/sources/fetch-sources.ts';
import { repository } from '../repository.ts';

const mermaid = {
  package: 'mermaid@12.3.0',
  member: 'package/dist/mermaid.min.js',
  sha256: '336df803d87a38b70a01e736e666c8f7601d2ce42f5e47c8fafe5d721074b9a3',
  licence: 'MIT',
};

const files = await fetchSources({ mermaid }, join(repository, 'node_modules/.cache/photoorg-docs'), console.error);
await writeFile(join(repository, 'build/docs/assets/mermaid.min.js'), files.mermaid);
