/** Namespaces by the prefix under which photoorg speaks of them; documents are free to use another. */
export const XMP_PREFIXES: Readonly<Record<string, string>> = {
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://ns.adobe.com/tiff/1.0/': 'tiff',
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://cipa.jp/exif/1.0/': 'exifEX',
  'http://ns.adobe.com/exif/1.0/aux/': 'aux',
  'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/': 'Iptc4xmpCore',
  'http://iptc.org/std/Iptc4xmpExt/2008-02-29/': 'Iptc4xmpExt',
  'http://www.metadataworkinggroup.com/schemas/regions/': 'mwg-rs',
  'http://ns.adobe.com/xmp/sType/Area#': 'stArea',
  'http://ns.adobe.com/xap/1.0/sType/Dimensions#': 'stDim',
  'http://ns.microsoft.com/photo/1.0/': 'MicrosoftPhoto',
  'http://ns.microsoft.com/photo/1.2/': 'MP',
  'http://ns.microsoft.com/photo/1.2/t/RegionInfo#': 'MPRI',
  'http://ns.microsoft.com/photo/1.2/t/Region#': 'MPReg',
  'http://ns.adobe.com/lightroom/1.0/': 'lr',
  'http://www.digikam.org/ns/1.0/': 'digiKam',
  'http://ns.iview-multimedia.com/mediapro/1.0/': 'mediapro',
  'http://ns.acdsee.com/iptc/1.0/': 'acdsee',
  'http://ns.apple.com/faceinfo/1.0/': 'apple-fi',
  'http://ns.google.com/photos/1.0/camera/': 'GCamera',
  'http://ns.adobe.com/camera-raw-settings/1.0/': 'crs',
  'http://ns.adobe.com/xap/1.0/mm/': 'xmpMM',
};

export const RDF_NAMESPACE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';
