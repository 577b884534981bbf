import { listDuplicates } from './duplicate-routes.ts';
import {
  drawFace,
  findSimilarFaces,
  getFace,
  getFaceCrop,
  getFaceHistory,
  identifyFace,
  listFaces,
  moveFace,
  removeFaces,
  suggestPeople,
} from './face-routes.ts';
import { listGroupFaces, listGroups, markStrangers, mergeGroups, nameGroup, takeOutOfGroups } from './group-routes.ts';
import { getHealth, getLiveness } from './health-routes.ts';
import {
  clearLabel,
  clearPhotoLabel,
  ignoreFaces,
  ignoreRestOfPhoto,
  labelFace,
  labelFaces,
  labelPhoto,
  listBatches,
  placeNames,
  rejectPerson,
  undoBatch,
} from './label-routes.ts';
import {
  createPerson,
  getPerson,
  getPersonByName,
  getPersonHistory,
  listPeople,
  mergePeople,
  proposeSplit,
  removePerson,
  splitPerson,
  updatePerson,
} from './people-routes.ts';
import { getPhoto, getPhotoImage, getPhotoMetadata, getPlaces, getTimeline, listPhotos } from './photo-routes.ts';
import { answerReviewCard, nextReviewCards } from './review-card-routes.ts';
import { applyCertain, auditLabels, calibrate, evaluateLibrary, listReviewQueue, recomputePriors } from './review-routes.ts';
import type { Route } from './route.ts';
import { search, searchByEmbedding } from './search-routes.ts';

/** Every route below `/api`. A fixed path stands before the template that would match it too. */
export const routes: readonly Route[] = [
  listPhotos,
  getTimeline,
  getPlaces,
  getPhoto,
  getPhotoMetadata,
  getPhotoImage,
  labelPhoto,
  clearPhotoLabel,
  listDuplicates,

  listFaces,
  findSimilarFaces,
  identifyFace,
  labelFaces,
  ignoreFaces,
  ignoreRestOfPhoto,
  removeFaces,
  drawFace,
  getFace,
  moveFace,
  getFaceCrop,
  suggestPeople,
  getFaceHistory,
  labelFace,
  clearLabel,
  rejectPerson,

  listGroups,
  mergeGroups,
  takeOutOfGroups,
  listGroupFaces,
  nameGroup,
  markStrangers,

  listPeople,
  createPerson,
  mergePeople,
  placeNames,
  getPersonByName,
  getPerson,
  updatePerson,
  removePerson,
  proposeSplit,
  splitPerson,
  getPersonHistory,
  listBatches,
  undoBatch,

  search,
  searchByEmbedding,

  listReviewQueue,
  nextReviewCards,
  answerReviewCard,
  applyCertain,
  recomputePriors,
  calibrate,
  auditLabels,
  evaluateLibrary,

  getHealth,
  getLiveness,
];
