/*
 * What migration 13 knows of letters, by Unicode 17. Code points are hexadecimal; only what compatibility decomposition (NFKD) leaves is named, and
 * a range may include code points that it does not leave or that nobody has assigned.
 */

/**
 * Left out: accents and points of scripts that are read without them (of Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac and whatever is written on
 * letters of any script), the Arabic tatweel, skin tones, and what cannot be seen. Vowel signs of Thai, Khmer or Devanagari are letters and stay, and
 * so does the voicing of kana.
 */
export const DROPPED = `
  ad 300-36f 483-489 591-5bd 5bf 5c1-5c2 5c4-5c5 5c7 600-605 610-61a 61c 640 64b-65f 670 6d6-6dd 6df-6e4 6e7-6e8 6ea-6ed 70f
  711 730-74a 816-819 81b-823 825-827 829-82d 859-85b 890-891 897-89f 8ca-8ff 951-954 115f-1160 17b4-17b5 180b-180f
  1ab0-1add 1ae0-1aeb 1cd0-1cd2 1cd4-1ce8 1ced 1cf4 1cf7-1cf9 1dc0-1dff 200b-200f 202a-202e 2060-206f 20d0-20f0 2cef-2cf1
  2de0-2dff 302a-302d 3164 a66f-a672 a674-a67d a69e-a69f fb1e fe00-fe0f fe20-fe2f feff ffa0 fff0-fffb 101fd 102e0
  10efa-10eff 110bd 110cd 1133b 13430-1343f 1bca0-1bca3 1cf00-1cf2d 1cf30-1cf46 1d165-1d169 1d16d-1d182 1d185-1d18b
  1d1aa-1d1ad 1d242-1d244 1e08f 1f3fb-1f3ff e0000-e0fff`;

/** Letters of scripts that put no space between words, and pictures: signs of which each stands for itself. */
export const UNSPACED = `
  e01-e3a e40-e4e e81-ece ede-edf 1000-103f 1050-108f 109a-109d 1100-11ff 1780-17d3 17d7 17dc-17dd 1950-19c9 1a20-1a7f 1aa7
  2190-2bff 3005-3007 3021-302f 3031-3035 303b-303c 3041-309e 30a1-30fa 30fc-312f 31a0-31bf 31f0-31ff 3400-4dbf 4e00-a48c
  a960-a97c a9e0-a9ef a9fa-a9fe aa60-aa76 aa7a-aadd ac00-fa29 11700-1172b 11740-11746 16fe3 16ff0-16ff6 1aff0-1b167
  1f000-1faff 20000-33479`;

/** Punctuation, signs, spaces and controls. What is none of these and of the above makes up words. */
export const SEPARATORS = `
  1-2f 3a-40 5b-60 7b-bf d7 f7 2c2-2c5 2d2-2eb 2ed 2ef-2ff 375 3f6 482 55a-55f 589-5c6 5f3-61f 66a-66d 6d4 6de 6e9 6fd-6fe
  700-70d 7f6-7f9 7fe-7ff 830-83e 85e 888 964-965 970 9f2-9f3 9fa-9fb 9fd a76 af0-af1 b70 bf3-bfa c77 c7f c84 d4f d79 df4
  e3f e4f e5a-e5b f01-f17 f1a-f1f f34 f36 f38 f3a-f3d f85 fbe-fc5 fc7-fda 104a-104f 109e-109f 10fb 1360-1368 1390-1399 1400
  166d-166e 1680 169b-169c 16eb-16ed 1735-1736 17d4-17d6 17d8-17db 1800-180a 1940-1945 19de-19ff 1a1e-1a1f 1aa0-1aa6
  1aa8-1aad 1b4e-1b4f 1b5a-1b6a 1b74-1b7f 1bfc-1bff 1c3b-1c3f 1c7e-1c7f 1cc0-1cd3 2010-212e 213a-214d 214f 218a-218b
  2ce5-2cea 2cf9-2cfc 2cfe-2cff 2d70 2e00-2e2e 2e30-3004 3008-3020 3030 3037 303d-303f 30a0 30fb 3190-3191 31c0-31ef 327f
  4dc0-4dff a490-a4c6 a4fe-a4ff a60d-a60f a673-a67e a6f2-a716 a720-a721 a789-a78a a828-a82b a836-a839 a874-a877 a8ce-a8cf
  a8f8-a8fa a8fc a92e-a92f a95f a9c1-a9cd a9de-a9df aa5c-aa5f aa77-aa79 aade-aadf aaf0-aaf1 ab5b ab6a-ab6b abeb fbb2-fe46
  fffc-fffd 10100-10102 10137-1013f 10179-10189 1018c-101fc 1039f 103d0 1056f 10857 10877-10878 1091f 1093f 10a50-10a58
  10a7f 10ac8 10af0-10af6 10b39-10b3f 10b99-10b9c 10d6e 10d8e-10d8f 10ead 10ed0-10ed8 10f55-10f59 10f86-10f89 11047-1104d
  110bb-110c1 11140-11143 11174-11175 111c5-111c8 111cd 111db 111dd-111df 11238-1123d 112a9 113d4-113d8 1144b-1144f
  1145a-1145d 114c6 115c1-115d7 11641-11643 11660-1166c 116b9 1173c-1173f 1183b 11944-11946 119e2 11a3f-11a46 11a9a-11a9c
  11a9e-11aa2 11b00-11b09 11be1 11c41-11c45 11c70-11c71 11ef7-11ef8 11f43-11f4f 11fd5-11fff 12470-12474 12ff1-12ff2
  16a6e-16a6f 16af5 16b37-16b3f 16b44-16b45 16d6d-16d6f 16e97-16e9a 16fe2 1bc9c 1bc9f-1d245 1d300-1d356 1d800-1d9ff
  1da37-1da3a 1da6d-1da74 1da76-1da83 1da85-1da8b 1e14f 1e2ff 1e5ff 1e95e-1e95f 1ecac 1ecb0 1ed2e 1eef0-1eef1 1fb00-1fbfa`;

/** Capital letters with the way to the small one; `=` where every second code point is meant. */
export const CAPITALS = `
  c6:+32 d0:+32 d8:+32 de:+32 110:+1 126:+1 141:+1 14a:+1 152:+1 166:+1 181:+210 182=184:+1 186:+206 187:+1 189-18a:+205
  18b:+1 18e:+79 18f:+202 190:+203 191:+1 193:+205 194:+207 196:+211 197:+209 198:+1 19c:+211 19d:+213 19f:+214 1a2=1a4:+1
  1a6:+218 1a7:+1 1a9:+218 1ac:+1 1ae:+218 1b1-1b2:+217 1b3=1b5:+1 1b7:+219 1b8:+1 1bc:+1 1e4:+1 1f6:-97 1f7:-56 21c:+1
  220:-130 222=224:+1 23a:+10795 23b:+1 23d:-163 23e:+10792 241:+1 243:-195 244:+69 245:+71 246=24e:+1 370=372:+1 376:+1
  37f:+116 391-3a1:+32 3a3-3a9:+32 3cf:+8 3d8=3ee:+1 3f7:+1 3fa:+1 3fd-3ff:-130 402=404:+80 405-406:+80 408-40b:+80 40f:+80
  410-418:+32 41a-42f:+32 460=474:+1 478=480:+1 48a=4be:+1 4c0:+15 4c3=4cd:+1 4d4:+1 4d8:+1 4e0:+1 4e8:+1 4f6:+1 4fa=52e:+1
  531-556:+48 10a0-10c5:+7264 10c7:+7264 10cd:+7264 13a0-13ef:+38864 13f0-13f5:+8 1c89:+1 1c90-1cba:-3008 1cbd-1cbf:-3008
  1e9e:-7615 1efa=1efe:+1 2132:+28 2183:+1 2c00-2c2f:+48 2c60:+1 2c62:-10743 2c63:-3814 2c64:-10727 2c67=2c6b:+1 2c6d:-10780
  2c6e:-10749 2c6f:-10783 2c70:-10782 2c72:+1 2c75:+1 2c7e-2c7f:-10815 2c80=2ce2:+1 2ceb=2ced:+1 2cf2:+1 a640=a66c:+1
  a680=a69a:+1 a722=a72e:+1 a732=a76e:+1 a779=a77b:+1 a77d:-35332 a77e=a786:+1 a78b:+1 a78d:-42280 a790=a792:+1 a796=a7a8:+1
  a7aa:-42308 a7ab:-42319 a7ac:-42315 a7ad:-42305 a7ae:-42308 a7b0:-42258 a7b1:-42282 a7b2:-42261 a7b3:+928 a7b4=a7c2:+1
  a7c4:-48 a7c5:-42307 a7c6:-35384 a7c7=a7c9:+1 a7cb:-42343 a7cc=a7da:+1 a7dc:-42561 a7f5:+1 10400-10427:+40 104b0-104d3:+40
  10570-1057a:+39 1057c-1058a:+39 1058c-10592:+39 10594-10595:+39 10c80-10cb2:+64 10d50-10d65:+32 118a0-118bf:+32
  16e40-16e5f:+32 16ea0-16eb8:+27 1e900-1e921:+34`;

/** Small letters that differ from the second one by more than accents: those with a stroke, a hook or a tail, those without their dot, final sigma. */
export const PLAIN_LETTERS = `
  øo đd ħh ıi łl ðd ŋn ĸk ŧt ƀb ƃb ƈc ƌd ƒf ƙk ƚl ƞn ƥp ƫt ƭt ƴy ƶz ǥg ȡd ȥz ȴl ȵn ȶt ȷj ȼc ȿs ɀz ɇe ɉj ɋq ɍr ɏy ɓb ɕc ɖd ɗd
  ɟj ɠg ɦh ɨi ɫl ɬl ɭl ɱm ɲn ɳn ɼr ɽr ɾr ʂs ʄj ʈt ʋv ʐz ʑz ʝj ʠq ᵬb ᵭd ᵮf ᵯm ᵰn ᵱp ᵲr ᵳr ᵴs ᵵt ᵶz ᵽp ᶀb ᶁd ᶂf ᶃg ᶄk ᶅl ᶆm ᶇn
  ᶈp ᶉr ᶊs ᶌv ᶍx ᶎz ᶏa ᶑd ᶒe ᶖi ᶙu ỿy ⱡl ⱥa ⱦt ⱨh ⱪk ⱬz ⱱv ⱳw ⱴv ⱸe ⱺo ꝁk ꝃk ꝅk ꝉl ꝋo ꝍo ꝑp ꝓp ꝕp ꝗq ꝙq ꝟv ꞎl ꞑn ꞓc ꞔc ꞕh ꞗb
  ꞙf ꞡg ꞣk ꞥn ꞧr ꞩs ꞹu ꟈd ꟊs ꬴe ꬷl ꬸl ꬹl ꬺm ꬻn ꭉr ꭎu ꭒu ꭖx ꭗx ꭘx ꭙx ꭚy 𝼉t 𝼑l 𝼓l 𝼖r 𝼚i 𝼛o 𝼝c 𝼞s ɛe ɔo əe ςσ ٱا ىي یي
  کك`;

/** Small letters that are several. */
export const LIGATURES = 'ßss þth æae œoe ƕhv ƣoi ȣou ᵫue ᵺth ꜩtz ꜳaa ꜵao ꜷau ꜹav ꜻav ꜽay ꝏoo ꝡvy ꝫet ꝭis ꝸum ꭐui ꭣuo';
