import type { EvaluatedGroup, EvaluatedQuestions, Evaluation } from '@photoorg/sdk';

const SIZE = 320;
const MARGIN = 40;
const SIDE = SIZE - 2 * MARGIN;

/** A page of its own, without scripts and without anything from elsewhere: figures, a reliability diagram, what thresholds do. */
export function renderEvaluation(evaluation: Evaluation): string {
  const { facesTried, knownFaces, peopleTried, firstRight, calibrationError, brier } = evaluation;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>How well the library knows its faces</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
  table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid #ccc }
  th:first-child, td:first-child { text-align: left } figure { display: inline-block; margin: 0 2rem 1rem 0 } svg { max-width: 100% }
</style>
<h1>How well the library knows its faces</h1>
<p>${facesTried} confirmed faces of ${peopleTried} people, each tried as if nobody had named it; ${knownFaces} of them are of people known by other photos.
The right person comes first for ${percent(firstRight)} of these. Calibration error ${decimal(calibrationError)}, Brier score ${decimal(brier)}.</p>
<figure><figcaption>Confidence, and the share that is right</figcaption>${reliabilityDiagram(evaluation)}</figure>
<figure><figcaption>Known faces named (filled) and strangers named (open), by confidence</figcaption>${thresholdDiagram(evaluation)}</figure>
<h2>What thresholds do</h2>
${table(
  ['From confidence', 'Right', 'Known faces named', 'Strangers named'],
  evaluation.thresholds.map(({ confidence, ...figures }) => [String(confidence), ...sharesOf(figures)]),
)}
${table(
  ['Strangers named', 'At confidence', 'Known faces named'],
  evaluation.identification.map(({ falsePositives, confidence, truePositives }) => [
    percent(falsePositives),
    decimal(confidence),
    percent(truePositives),
  ]),
)}
${table(
  ['Named that are right', 'At confidence', 'Known faces named'],
  evaluation.coverage.map(({ precision, confidence, covered }) => [percent(precision), decimal(confidence), percent(covered)]),
)}
<h2>Where it is hard</h2>
${groupTable('Strangers around the face', evaluation.crowding)}
${evaluation.ages.length > 0 ? groupTable('Age on the photo', evaluation.ages) : ''}
${evaluation.questions ? questionSection(evaluation.questions) : ''}
<h2>People</h2>
${table(
  ['Person', 'Known faces', 'Named', 'Named as somebody else', 'Most often first instead'],
  evaluation.people.map((person) => [
    person.displayName,
    String(person.knownFaces),
    String(person.named),
    String(person.mistaken),
    person.mistakenFor ?? '',
  ]),
)}
<h2>Without one of the terms</h2>
${table(
  ['Term left out', 'Brier score', 'Known faces named, with 99.5 % right'],
  evaluation.withoutTerm.map(({ term, brier: without, covered }) => [term, decimal(without), percent(covered)]),
)}
</html>
`;
}

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const decimal = (value: number | null) => (value === null ? '–' : value.toFixed(3));
const sharesOf = ({ right, covered, strangersNamed }: Omit<EvaluatedGroup, 'name' | 'faces'>) =>
  [right, covered, strangersNamed].map(percent);

function groupTable(title: string, groups: readonly EvaluatedGroup[]): string {
  const rows = groups.map(({ name, faces, ...figures }) => [name, String(faces), ...sharesOf(figures)]);
  return table([title, 'Faces', 'Right', 'Known faces named', 'Strangers named'], rows);
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line('th', titles)}</thead><tbody>${rows.map((row) => line('td', row)).join('\n')}</tbody></table>`;
}

function questionSection(questions: EvaluatedQuestions): string {
  const { faces, people, toNinetyFive } = questions;
  const needed =
    toNinetyFive === null
      ? 'Wrong guesses stood in the way of 95 %.'
      : `${toNinetyFive} questions name 95 % of them, ${decimal(toNinetyFive / faces)} a face.`;
  return `<h2>Questions, from nobody named</h2>
<p>${faces} of these faces, of ${people} people, named once more by somebody who answers what the review asks. ${needed}</p>
<figure><figcaption>Faces named, by questions for each face</figcaption>${questionDiagram(questions)}</figure>`;
}

/** On the dashed line every face is asked about. */
function questionDiagram({ faces, curve }: EvaluatedQuestions): string {
  const points = curve.map(({ named, questions }) => ({ named, questions, a: x(Math.min(1, questions / faces)), b: y(named) }));
  const line = points.map(({ a, b }) => `${a},${b}`).join(' ');
  const dots = points.map(
    ({ a, b, named, questions }) =>
      `<circle cx="${a}" cy="${b}" r="4" fill="#1d4ed8"><title>${questions} questions: ${percent(named)} of the faces</title></circle>`,
  );
  return diagram(
    'questions for each face',
    'named',
    `${DIAGONAL}<polyline points="${line}" fill="none" stroke="#1d4ed8" stroke-width="2"/>${dots.join('')}`,
  );
}

/** A dot for each bin, as large as it has faces; on the diagonal the confidence is what it says. */
function reliabilityDiagram({ reliability }: Evaluation): string {
  const most = Math.max(1, ...reliability.map(({ faces }) => faces));
  const dots = reliability.map(
    ({ confidence, right, faces }) =>
      `<circle cx="${x(confidence)}" cy="${y(right)}" r="${(3 + 9 * Math.sqrt(faces / most)).toFixed(1)}" fill="#1d4ed8" fill-opacity=".7"><title>${faces} faces: confidence ${decimal(confidence)}, right ${decimal(right)}</title></circle>`,
  );
  return diagram('confidence', 'right', `${DIAGONAL}${dots.join('')}`);
}

function thresholdDiagram({ thresholds }: Evaluation): string {
  const dots = thresholds.map(
    ({ confidence, covered, strangersNamed }) =>
      `<circle cx="${x(confidence)}" cy="${y(covered ?? 0)}" r="5" fill="#1d4ed8"><title>from ${confidence}: ${percent(covered)} of known faces</title></circle>` +
      `<circle cx="${x(confidence)}" cy="${y(strangersNamed ?? 0)}" r="5" fill="none" stroke="#b91c1c" stroke-width="2"><title>from ${confidence}: ${percent(strangersNamed)} of strangers</title></circle>`,
  );
  return diagram('confidence', 'named', dots.join(''));
}

function diagram(across: string, up: string, marks: string): string {
  const labels = `<text x="${SIZE / 2}" y="${SIZE - 8}" text-anchor="middle">${across}</text><text x="12" y="${SIZE / 2}" text-anchor="middle" transform="rotate(-90 12 ${SIZE / 2})">${up}</text>`;
  const frame = `<rect x="${MARGIN}" y="${MARGIN}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#444"/>`;
  return `<svg viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" role="img" aria-label="${up} by ${across}">${frame}${labels}${marks}</svg>`;
}

const x = (share: number) => (MARGIN + share * SIDE).toFixed(1);
const y = (share: number) => (SIZE - MARGIN - share * SIDE).toFixed(1);

const DIAGONAL = `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="4"/>`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
