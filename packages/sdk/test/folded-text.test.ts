import fc from 'fast-check';
import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIGATURES, PLAIN_LETTERS } from '../src/schema/migrations/0013-letters.ts';
import { migrations } from '../src/schema/migrations/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addPhotos, openSampleLibrary } from './support/sample-library.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

async function fold(texts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ folded: string }>`
    SELECT photoorg_fold(given) AS folded FROM unnest(${[...texts]}::text[]) WITH ORDINALITY AS asked (given, nth) ORDER BY nth`.execute(
    opened.context.db,
  );
  return rows.map(({ folded }) => folded);
}

describe('folding', () => {
  test.each([
    ['ZÜRICH', 'zurich'],
    ['Zu\u0308rich', 'zurich'],
    ['Straße STRASSE ẞ', 'strasse strasse ss'],
    ['Ørsted Łódź Đặng Ægir Œuvre Þór Ħal', 'orsted lodz dang aegir oeuvre thor hal'],
    ['İstanbul ISPARTA ıssız', 'istanbul isparta issiz'],
    ['Nguyễn Thị Ánh', 'nguyen thi anh'],
    ['ΟΔΥΣΣΕΎΣ Ὀδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['Ёлка ЙОД Київ', 'елка иод киів'],
    ['שָׁלוֹם', 'שלום'],
    ['مُحَمَّد مـحـمد أحمد ٱلله', 'محمد محمد احمد الله'],
    ['علی کریم', 'علي كريم'],
    ['테스트'.normalize('NFD'), '테스트'],
    ['ﾊﾟﾝﾀﾞ ｶﾀｶﾅ', 'パンダ カタカナ'],
    ['パパ ハハ ババ', 'パパ ハハ ババ'],
    ['Ａｎｎａ　２０２０', 'anna 2020'],
    ['ﬁancée ①②', 'fiancee 12'],
    ['นํ้าตก น้ำตก', 'นํ้าตก น้ําตก'],
    ['हिन्दी', 'हिन्दी'],
    ['❤️ 👍🏽 👨‍👩‍👧', '❤ 👍 👨👩👧'],
    ['ԵՐԵՎԱՆ თბილისი ᲗᲑᲘᲚᲘᲡᲘ', 'երեվան თბილისი თბილისი'],
    ['soft\u00adhyphen zero\u200bwidth', 'softhyphen zerowidth'],
    ['', ''],
  ])('%j is compared as %j', async (text, folded) => {
    expect(await fold([text])).toEqual([folded]);
  });

  test('is the same for every form of a text, in capitals too, and folding again changes nothing', async () => {
    const blocks = [
      ...[
        [0x20, 0x24f],
        [0x2b0, 0x377],
        [0x391, 0x52f],
        [0x5d0, 0x6ff],
        [0x900, 0x96f],
        [0xe01, 0xe4e],
        [0x1100, 0x11ff],
        [0x1780, 0x17d3],
      ],
      ...[
        [0x1e00, 0x1ff4],
        [0x2100, 0x218b],
        [0x3041, 0x30ff],
        [0xac00, 0xd7a3],
        [0xf900, 0xfad9],
        [0xfb00, 0xfdc7],
        [0xff01, 0xffee],
      ],
    ];
    const character = fc
      .oneof(...blocks.map(([first, last]) => fc.integer({ min: first!, max: last! })))
      .map((codePoint) => String.fromCodePoint(codePoint));
    const texts = fc.sample(fc.string({ unit: character, maxLength: 12 }), { numRuns: 3_000, seed: 13 });
    const folded = await fold(texts);
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
      expect(await fold(texts.map((text) => text.normalize(form)))).toEqual(folded);
    }
    expect(await fold(folded)).toEqual(folded);
    const words = texts.filter((text) => text.toUpperCase().toLowerCase() === text.toLowerCase());
    expect(await fold(words.map((text) => text.toUpperCase()))).toEqual(await fold(words));
  });

  const OPTIONAL = [
    'Inherited',
    'Latin',
    'Greek',
    'Coptic',
    'Cyrillic',
    'Hebrew',
    'Arabic',
    'Syriac',
    'Samaritan',
    'Mandaic',
    'Common',
  ];
  const MARK_OF_OPTIONAL = new RegExp(`(?=\\p{M})[${OPTIONAL.map((script) => `\\p{Script=${script}}`).join('')}]`, 'gu');
  const plain = new Map(
    PLAIN_LETTERS.trim()
      .split(/\s+/)
      .map((pair) => [...pair] as [string, string]),
  );
  const ligatures = new Map(LIGATURES.split(' ').map(([ligature, ...letters]) => [ligature!, letters.join('')]));

  /** The rule in the words of Unicode as Node knows it. */
  function foldByUnicode(character: string): string {
    const base = character
      .normalize('NFKD')
      .replace(/[\u3099\u309a]/g, (voicing) => (voicing === '\u3099' ? '\u{f0000}' : '\u{f0001}'))
      .replace(MARK_OF_OPTIONAL, '')
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u0640]/gu, '')
      .replace(/[\u{f0000}\u{f0001}]/gu, (voicing) => (voicing === '\u{f0000}' ? '\u3099' : '\u309a'));
    const small = [...base].map((letter) => letter.toLowerCase().normalize('NFKD'));
    return small
      .flatMap((letters) => [...letters].filter((letter) => !/\u0307/.test(letter)))
      .map((letter) => plain.get(letter) ?? ligatures.get(letter) ?? letter)
      .join('')
      .normalize('NFC');
  }

  test('agrees with Unicode on every character', async () => {
    const characters = Array.from({ length: 0x32000 }, (_, index) => index + 1)
      .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xf8ff)
      .map((codePoint) => String.fromCodePoint(codePoint))
      .filter((character) => !/\p{Cn}/u.test(character));
    const { rows } = await sql<{ decomposed: string; folded: string }>`
      SELECT normalize(given, NFKD) AS decomposed, photoorg_fold(given) AS folded
      FROM unnest(${characters}::text[]) WITH ORDINALITY AS asked (given, nth) ORDER BY nth`.execute(opened.context.db);
    // What a younger Unicode added, an older database takes as it is.
    const known = characters
      .map((character, index) => ({ character, ...rows[index]! }))
      .filter(({ character, decomposed }) => decomposed === character.normalize('NFKD'));
    expect(known.length).toBeGreaterThan(140_000);
    const others = known.filter(({ character, folded }) => folded !== foldByUnicode(character));
    expect(
      others.map(({ character, folded }) => `${character.codePointAt(0)!.toString(16)} ${folded} ${foldByUnicode(character)}`),
    ).toEqual([]);
  });
});

describe('words of a title', () => {
  const cases: { title: string; found: string[]; missed?: string[] }[] = [
    {
      title: 'Zu\u0308rich am See',
      found: ['Zürich', 'zurich', 'ZÜRICH see', 'zu', '"zurich am"'],
      missed: ['rich', '"zurich see"'],
    },
    { title: 'Café Málaga', found: ['Cafe\u0301', 'Ma\u0301laga', 'malaga', 'CAFÉ'] },
    { title: 'Große Straße', found: ['grosse', 'STRASSE', 'straße'], missed: ['strase'] },
    { title: 'Smørrebrød i København', found: ['smorrebrod', 'kobenhavn', 'SMØRREBRØD'] },
    { title: 'Łódź i Gdańsk', found: ['lodz', 'gdansk', 'ŁÓDŹ'] },
    { title: 'Diyarbakır İzmir', found: ['diyarbakir', 'DIYARBAKIR', 'DİYARBAKIR', 'izmir', 'IZMIR', 'ızmir'] },
    { title: 'Đà Nẵng và Hội An', found: ['da nang', 'Đà Nẵng'.normalize('NFD'), 'hoi an', 'HỘI AN'] },
    { title: 'Αθήνα ΟΔΟΣ Ερμού', found: ['αθηνα', 'ΑΘΗΝΑ', 'οδός', 'οδοσ', 'Ἀθήνα'] },
    { title: 'Ёлка в Нижнем', found: ['елка', 'ЁЛКА', 'нижн', 'ёл'], missed: ['олка'] },
    { title: 'Львів Київ', found: ['львів', 'КИЇВ', 'київ'.normalize('NFD')] },
    { title: 'שָׁלוֹם יְרוּשָׁלַיִם', found: ['שלום', 'ירושלים', 'שָׁלוֹם', 'ירוש'] },
    { title: 'مُحَمَّد في القاهرة', found: ['محمد', 'مـحـمـد', 'مُحَمَّد', 'القا'] },
    {
      title: '테스트 여행은',
      found: ['테스트', '테스트'.normalize('NFD'), '스트', '여행', '행은', '트'],
      missed: ['트스', '테트'],
    },
    { title: '서울에서'.normalize('NFD'), found: ['서울', '울에', '서울에서'], missed: ['울서'] },
    {
      title: '東京タワー2020年の夏',
      found: ['東京', '京タ', 'タワー', '2020', '夏', '東京タワー', 'ﾀﾜｰ', '東京 夏', '東京タワー2020'],
      missed: ['京東', '大', '"夏 東京"'],
    },
    {
      title: '我在北京的照片',
      found: ['北京', '照片', '我', '在北京'],
      missed: ['京北', '上海', '北照'],
    },
    { title: 'ﾊﾟﾝﾀﾞのｶﾒﾗ', found: ['パンダ', 'カメラ', 'ﾊﾟﾝﾀﾞ'], missed: ['ハンタ'] },
    { title: 'น้ำตกเอราวัณ', found: ['น้ำตก', 'เอราวัณ', 'ตก', 'น้ำตก'.normalize('NFD')], missed: ['ตกน้ำ', 'เรา'] },
    { title: 'ភ្នំពេញកម្ពុជា', found: ['ភ្នំពេញ', 'កម្ពុជា', 'ពេញ'], missed: ['កម្ពជ'] },
    { title: 'ວຽງຈັນ မန္တလေးမြို့', found: ['ວຽງ', 'ຈັນ', 'မန္တလေး', 'မြို့'] },
    { title: 'दिल्ली का मेला', found: ['दिल्ली', 'मेला', 'दिल'], missed: ['दल'] },
    {
      title: 'Party 🎉🎂 ❤️ 👍🏽 🇫🇷',
      found: ['🎉', '🎂', '🎉🎂', '❤', '❤️', '👍', '👍🏿', '🇫🇷', 'party 🎂'],
      missed: ['🎈', '🇩🇪', '🎂🎉'],
    },
    { title: 'ﬁnal ﬂight Ⅻ m²', found: ['final', 'FLIGHT', 'xii', 'm2'] },
    { title: 'Ｆｕｌｌ　Ｗｉｄｔｈ １２３', found: ['full', 'width', '123', 'Ｗｉｄｔｈ'] },
    { title: '“Neujahr”—bei Oma’s', found: ['neujahr', 'oma', '“neujahr bei”', 'neujahr-bei'], missed: ['neujahrbei'] },
    { title: '3e12ab 1e5x', found: ['3e12ab', '1e5x', '3e'], missed: ['ab', 'x'] },
    { title: `${'long'.repeat(600)} end`, found: ['long'.repeat(600), 'end', 'longlong'] },
  ];
  const titles = new Map<string, string>();

  beforeAll(async () => {
    const batch = cases.map(({ title }, index) =>
      sampleAnalyzed(`words ${index}`, null, { title, path: `${index}.jpg`, cameraMake: null, cameraModel: null }),
    );
    for (const [index, { photoId }] of (await opened.library.photos.saveAnalyzed(batch)).entries())
      titles.set(photoId, cases[index]!.title);
  });

  const find = async (q: string) => (await opened.library.photos.list({ q })).items.map(({ photoId }) => titles.get(photoId));

  test.each(cases)('$title', async ({ title, found, missed = [] }) => {
    for (const q of found) expect({ q, found: await find(q) }).toEqual({ q, found: expect.arrayContaining([title]) });
    for (const q of missed) expect({ q, found: await find(q) }).toEqual({ q, found: expect.not.arrayContaining([title]) });
  });
});

test('every text of a photo is found, and the parts that filters look at each for themselves', async () => {
  const { photos } = await openSampleLibrary(opened.context);
  const place = { city: 'Zürich', region: 'Kanton Zürich', country: 'Schweiz', countryCode: 'CH', source: 'sample' };
  await photos.saveAnalyzed([
    sampleAnalyzed('all', null, {
      path: 'Ordner/Bäume.jpg',
      title: 'Tïtel',
      caption: 'Çaption',
      keywords: ['Schlüssel', '写真'],
      cameraMake: 'Ĉanon',
      cameraModel: 'Mödel',
      lens: 'Ĺens 35',
      place,
    }),
  ]);
  const total = async (filter: Parameters<typeof photos.list>[0]) => (await photos.list(filter)).total;
  for (const q of ['ordner', 'baume', 'titel', 'caption', 'schlussel', '写真', 'canon model', 'lens 35', 'zurich schweiz']) {
    expect({ q, total: await total({ q }) }).toEqual({ q, total: 1 });
  }
  expect(await total({ camera: 'canon model', lens: 'LENS', place: 'zurich' })).toBe(1);
  for (const filter of [{ camera: 'lens' }, { lens: 'zurich' }, { place: 'titel' }, { camera: '-canon' }])
    expect(await total(filter)).toBe(0);
});

describe('names of people', () => {
  test('count as words of their photos, together with the text and without', async () => {
    const { context, people, labels, photos } = await openSampleLibrary(opened.context);
    const [[ann, bo], [li]] = (await addPhotos(context, [2, 1])) as [[string, string], [string]];
    for (const [displayName, faceId] of [
      ['Ánn-Marie', ann],
      ['Bø', bo],
      ['李娜', li],
    ] as const) {
      const { personId } = await people.create({ displayName, aliases: displayName === 'Bø' ? ['Großer'] : [] });
      await labels.confirm({ faceId, personId, actor: 'mia' });
    }
    const total = async (q: string) => (await photos.list({ q })).total;
    for (const q of ['ann', 'ANN-MARIE', 'Bo', 'grosser', 'bø ann canon', '李娜', '娜', 'ann -li', 'ann or bo']) {
      expect({ q, total: await total(q) }).toEqual({ q, total: 1 });
    }
    for (const q of ['ann 李娜', 'ann -bo', '娜李']) expect({ q, total: await total(q) }).toEqual({ q, total: 0 });
    expect(await total('ann or 李')).toBe(2);
    expect(await total('-ann')).toBe(1);
  });
});

test('words are written without a search path too, as in the restore of a dump', async () => {
  const found = await opened.context.transaction(async ({ db }) => {
    const { rows: schemas } = await sql<{ name: string }>`SELECT current_schema() AS name`.execute(db);
    const ours = (name: string) => sql.id(schemas[0]!.name, `photoorg_${name}`);
    const words = sql`${ours('words')}(${ours('fold')}('Nächte 東京 ß'))`;
    await sql`SET LOCAL search_path = pg_catalog`.execute(db);
    const { rows } = await sql<{ found: boolean }>`
      SELECT ${ours('vector')}(${words}, 'D') @@ ${ours('query')}(${words}, true, true, '') AS found`.execute(db);
    return rows;
  });
  expect(found).toEqual([{ found: true }]);
});

test('the most that metadata can hold is stored, and its first words are found', async () => {
  const { photos } = await openSampleLibrary(opened.context);
  const ideographs = (start: number, count: number) =>
    Array.from({ length: count }, (_, index) => String.fromCodePoint(0x20000 + ((start + index * 7) % 40_000))).join('');
  const keywords = Array.from({ length: 1_000 }, (_, index) => ideographs(index * 97, 100));
  const huge = {
    title: ideographs(0, 5_000),
    caption: ideographs(11, 5_000),
    keywords,
    lens: ideographs(3, 5_000),
  };
  await photos.saveAnalyzed([sampleAnalyzed('huge', null, huge)]);
  expect((await photos.list({ q: huge.title.slice(0, 20) })).total).toBe(1);
});

test('photos and people of an older library are found folded after its migration', async () => {
  const FOLDED_VERSION = 13;
  const found = await opened.context.transaction(async ({ db }) => {
    const run = async (chosen: typeof migrations) => {
      for (const statement of chosen.flatMap(({ statements }) => statements)) await db.executeQuery(CompiledQuery.raw(statement));
    };
    await sql`CREATE SCHEMA earlier`.execute(db);
    await sql`SET LOCAL search_path = earlier, public`.execute(db);
    await run(migrations.filter(({ version }) => version < FOLDED_VERSION));
    await sql`INSERT INTO libraries (library_id, name) VALUES (gen_random_uuid(), 'old')`.execute(db);
    await sql`
      INSERT INTO photos (photo_id, library_id, sha256, filesize, ext, mime, width, height, title)
      SELECT gen_random_uuid(), library_id, sha256('x'), 1, 'jpg', 'image/jpeg', 1, 1, 'Zürich 東京' FROM libraries`.execute(db);
    await sql`
      WITH event AS (
        INSERT INTO identity_events (event_id, library_id, batch_id, kind, actor)
        SELECT gen_random_uuid(), library_id, gen_random_uuid(), 'person_created', 'test' FROM libraries RETURNING library_id, event_id
      )
      INSERT INTO people (person_id, library_id, display_name, aliases, event_id)
      SELECT gen_random_uuid(), library_id, 'Émile', ARRAY['Bø'], event_id FROM event`.execute(db);
    await run(migrations.filter(({ version }) => version >= FOLDED_VERSION));
    const { rows } = await sql<{ photo: string; names: string[]; person: string }>`
      SELECT photos.search::text AS photo, folded_names AS names, people.search::text AS person FROM photos, people`.execute(db);
    await sql`DROP SCHEMA earlier CASCADE`.execute(db);
    return rows;
  });
  expect(found).toEqual([{ photo: "'zurich':1 '京':3 '東京':2", names: ['emile', 'bo'], person: "'bo':2 'emile':1" }]);
});
