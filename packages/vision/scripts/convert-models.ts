import type { ModelName } from '../src/models/model-manifest.ts';
import { convertDlibResnet } from './convert/convert-dlib-resnet.ts';
import { convertFaceBoxes } from './convert/convert-faceboxes.ts';
import { convertMmod } from './convert/convert-mmod.ts';
import { convertShapePredictor } from './convert/convert-shape-predictor.ts';
import { readMmod } from './dlib/read-mmod.ts';
import { readDlibResnet } from './dlib/read-resnet.ts';
import { readDlibShapePredictor } from './dlib/read-shape-predictor.ts';
import { ACTIVATION_RANGES } from './quantise/activation-ranges.ts';
import { int8Layers } from './quantise/int8-layers.ts';
import type { SourceName, WeightsName } from './sources/model-sources.ts';
import { readGraphModel } from './tensorflow/read-graph-model.ts';

export interface ConvertedModel {
  name: ModelName;
  /** File name in the models folder. */
  file: string;
  bytes: Uint8Array;
  /** The source file that holds its weights. */
  weights: WeightsName;
}

/** Converts every published network to the form that the package ships; pure, so equal sources give equal bytes. */
export function convertModels(sources: Record<SourceName, Buffer>): ConvertedModel[] {
  const resnet = readDlibResnet(sources.dlibResnet);
  return [
    {
      name: 'dlib-resnet',
      file: 'dlib-resnet.onnx',
      bytes: convertDlibResnet(resnet),
      weights: 'dlibResnet',
    },
    {
      name: 'dlib-resnet-int8',
      file: 'dlib-resnet-int8.onnx',
      bytes: convertDlibResnet(resnet, (graph) => int8Layers(graph, ACTIVATION_RANGES)),
      weights: 'dlibResnet',
    },
    {
      name: 'dlib-shape-predictor-5',
      file: 'dlib-shape-predictor-5.bin',
      bytes: convertShapePredictor(readDlibShapePredictor(sources.dlibShapePredictor)),
      weights: 'dlibShapePredictor',
    },
    {
      name: 'dlib-mmod',
      file: 'dlib-mmod.onnx',
      bytes: convertMmod(readMmod(sources.dlibMmod)),
      weights: 'dlibMmod',
    },
    {
      name: 'faceboxes',
      file: 'faceboxes.onnx',
      bytes: convertFaceBoxes(readGraphModel(sources.faceBoxesGraph, sources.faceBoxesWeights)),
      weights: 'faceBoxesWeights',
    },
  ];
}
