import { Flag } from './flag.ts';

/** For every command that may embed faces with a network whose weights do not come with photoorg. */
export function weightsFlag(): Flag {
  return new Flag('--weights <file>', "faceplugin's network (fr_feature.onnx), where its npm package is not installed", {
    environment: 'PHOTOORG_FACEPLUGIN_WEIGHTS',
  });
}
