import { writeFile } from 'node:fs/promises';
import type { FaceBox } from '../../src/index.ts';

/** Writes `photo.jpg.xmp` with MWG regions, as a photo manager does that leaves originals alone. */
export async function writeRegionSidecar(
  photo: string,
  size: { width: number; height: number },
  regions: readonly { name: string; box: FaceBox }[],
): Promise<void> {
  const items = regions.map(({ name, box }) => {
    const x = (box.x + box.width / 2) / size.width;
    const y = (box.y + box.height / 2) / size.height;
    const area = `stArea:x="${x}" stArea:y="${y}" stArea:w="${box.width / size.width}" stArea:h="${box.height / size.height}"`;
    return `<rdf:li><rdf:Description mwg-rs:Name="${name}" mwg-rs:Type="Face"><mwg-rs:Area ${area} stArea:unit="normalized"/></rdf:Description></rdf:li>`;
  });
  await writeFile(
    `${photo}.xmp`,
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
      xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
      xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#"
      xmp:CreatorTool="Sample Manager 3">
      <mwg-rs:Regions rdf:parseType="Resource">
        <mwg-rs:AppliedToDimensions stDim:w="${size.width}" stDim:h="${size.height}" stDim:unit="pixel"/>
        <mwg-rs:RegionList><rdf:Bag>${items.join('')}</rdf:Bag></mwg-rs:RegionList>
      </mwg-rs:Regions></rdf:Description></rdf:RDF></x:xmpmeta>`,
  );
}
