import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { photoQuery } from '../api/queries.ts';
import { describePhoto } from '../photos/describe-photo.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { changeSettings, useSettings } from '../shell/settings.ts';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { FacePanel } from './face-panel.tsx';
import { FacesInPhoto } from './faces-in-photo.tsx';
import { PhotoFacts } from './photo-facts.tsx';
import { PhotoStage } from './photo-stage.tsx';
import { PhotoToolbar } from './photo-toolbar.tsx';
import { useNeighbours } from './use-neighbours.ts';

const route = getRouteApi('/photos/$photoId');

export function PhotoPage() {
  const { photoId } = route.useParams();
  const { face: selectedFaceId, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const { faceBoxes } = useSettings();
  const photo = useQuery(photoQuery(photoId));
  const neighbours = useNeighbours(photoId, search);
  const selectedFace = photo.data?.faces.find(({ faceId }) => faceId === selectedFaceId);

  const selectFace = (face: string | undefined) =>
    void navigate({ search: { ...search, face }, replace: true, resetScroll: false });
  const closeFace = () => {
    selectFace(undefined);
    document.querySelector<HTMLElement>(`[data-face-id="${selectedFaceId}"]`)?.focus();
  };
  const open = (id: string | null) => {
    if (id) void navigate({ params: { photoId: id }, search, replace: true });
  };
  const goBack = () => (router.history.canGoBack() ? router.history.back() : void navigate({ to: '/', search }));
  const toggleBoxes = () => changeSettings({ faceBoxes: !faceBoxes });

  useShortcuts({
    arrowleft: () => open(neighbours.previous),
    arrowright: () => open(neighbours.next),
    escape: selectedFace ? closeFace : goBack,
    f: toggleBoxes,
  });

  if (photo.isError) {
    return <ProblemNotice what="This photo could not be shown" error={photo.error} onRetry={() => void photo.refetch()} />;
  }
  if (!photo.data) return <Loading what="the photo" />;
  return (
    <>
      <PageTitle title={describePhoto(photo.data)} className="sr-only" />
      <PhotoToolbar neighbours={neighbours} onBack={goBack} onOpen={open} faceBoxes={faceBoxes} onToggleBoxes={toggleBoxes} />
      <div className="grid items-start gap-6 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_24rem]">
        <PhotoStage photo={photo.data} faceBoxes={faceBoxes} selectedFaceId={selectedFaceId} onSelectFace={selectFace} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          {selectedFace && <FacePanel key={selectedFace.faceId} face={selectedFace} onClose={closeFace} />}
          <FacesInPhoto faces={photo.data.faces} onSelect={selectFace} />
          <PhotoFacts photo={photo.data} />
        </div>
      </div>
    </>
  );
}
