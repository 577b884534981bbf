import type { EmbeddingSpaceToSave } from '@photoorg/sdk';

/**
 * The space of Python face_recognition's embeddings: dlib's network, its five landmarks (model "small", the default), chips of
 * 150 pixels. @photoorg/vision embeds into the same space, so imported faces and new ones are compared with each other.
 */
export const faceRecognitionSpace: EmbeddingSpaceToSave = {
  name: 'dlib-resnet-v1@55533b28/dlib-5-chip-150-0.25/128',
  model: 'dlib-resnet',
  modelVersion: '1',
  weightsSha256: '55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30',
  alignment: 'dlib-5-chip-150-0.25',
  dimension: 128,
  metric: 'l2',
  quantisation: 'none',
};
