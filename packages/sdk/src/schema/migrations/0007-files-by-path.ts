/**
 * The files of a root in the order of their paths, for those who go through all of them. A path may be longer than what an index holds
 * (a third of a page), so its beginning has to do.
 */
export const filesByPath: readonly string[] = [
  `CREATE INDEX photo_files_by_path_order ON photo_files (root_id, left(path, 256) COLLATE "C")`,
];
